using System.Globalization;
using System.Text.Json.Nodes;
using RfmSpark.Engine;
using RfmSpark.Runs;
using RfmSpark.Settings;

namespace RfmSpark.Experiments;

/// <summary>Decides who gets what, from the segments of a finished run, and publishes it.</summary>
public static class ExperimentAssignment
{
    private const string Before = "experiments_before";

    /// <summary>
    /// Assigns the customers of <paramref name="plan"/>'s segments as of <paramref name="asOf"/> (the last day there is, if null) and publishes <c>experiment_power</c>, then <c>experiments</c>,
    /// so that an experiment with customers is complete; <c>experiment_power</c> is then still open.
    /// </summary>
    /// <remarks>
    /// A name that was assigned is refused, and not assigned again to the same customers: by then its arms may have been treated, while the segments of the day may have been
    /// published anew, so that the same command could move customers to another arm.
    /// </remarks>
    /// <exception cref="ConfigFault">There is no finished run or no such segment, the name is taken, or an arm would be empty.</exception>
    public static DateOnly Publish(IEngine engine, ExperimentPlan plan, string output, DateOnly? asOf, RunClock clock)
    {
        plan.Check();
        RefuseKnown(engine, plan.Name, output);
        var run = FinishedRun.Find(engine, output, asOf);
        run.Open(engine, Tables.CustomerSegments);
        var strata = Strata(engine, plan, run);
        var sizes = ArmAllotment.Sizes(plan.Name, [.. strata.Select(s => s.Customers)], plan.Holdout, plan.Arms.Count);
        RefuseEmptyArms(plan, strata, sizes);

        engine.Put(ExperimentTables.Arms, Ranks(plan, strata, sizes), (arm, row) =>
        {
            row.Text(arm.Segment);
            row.Text(arm.Arm);
            row.Double(plan.ShareOf(arm.Arm));
            row.Long(arm.First);
            row.Long(arm.Last);
        });
        engine.Create(Tables.Experiments, Sql.Of("experiments").With("as_of", run.Day).With("experiment", plan.Name));
        PutPower(engine, plan, run.Day, strata, sizes);
        var number = clock.Now();
        foreach (var table in Tables.OfExperiments)
            engine.Save(table, new Publication(Path.Combine(output, table.Name), run.Day, number) { Within = ("experiment", plan.Name) });
        return run.Day;
    }

    private static void RefuseKnown(IEngine engine, string name, string output)
    {
        if (engine.Open(Before, Path.Combine(output, Tables.Experiments.Name), new Dictionary<string, string> { ["experiment"] = name }) is null) return;
        var days = engine.Read(Sql.Inline($"SELECT as_of, CAST(COUNT(*) AS BIGINT) AS customers FROM {Before} GROUP BY as_of"), row => (Day: row.Date(0), Customers: row.Long(1)));
        if (days.Count > 0)
            throw new ConfigFault(string.Create(CultureInfo.InvariantCulture,
                $"The experiment '{name}' was assigned as of {days[0].Day:yyyy-MM-dd} to {days[0].Customers:N0} customers, and stays as it is. "
                    + $"Choose another --name, or look at it with show experiments."));
    }

    private static IReadOnlyList<Stratum> Strata(IEngine engine, ExperimentPlan plan, FinishedRun run)
    {
        var day = run.Day;
        var all = engine.Read(Sql.Of("experiment_strata").With("as_of", day).With("days", plan.Days)
                .With("quarter_days", 3 * Horizon.WeeksPerMonth * 7).With("rate_shape", RateShape(engine, run)),
            row => new Stratum(row.Text(0)!, row.Long(1), row.IsNull(2) ? null : row.Double(2)))
            .OrderBy(s => s.Segment, StringComparer.Ordinal).ToList();
        var unknown = plan.Segments.Except(all.Select(s => s.Segment)).ToList();
        if (unknown.Count > 0)
            throw new ConfigFault(string.Create(CultureInfo.InvariantCulture,
                $"--segment: nobody is in {string.Join(", ", unknown.Select(s => $"'{s}'"))} as of {day:yyyy-MM-dd}. "
                    + $"There are customers in {string.Join(", ", all.Select(s => s.Segment))}; all stands for all of them."));
        return plan.Segments.Count == 0 ? all : all.FindAll(s => plan.Segments.Contains(s.Segment));
    }

    // r of the model that the run took, which all models of purchases have; where none is taken, nothing is expected.
    private static double RateShape(IEngine engine, FinishedRun run)
    {
        run.Open(engine, Tables.ClvModel);
        var parameters = engine.Read(Sql.Inline("SELECT parameters FROM clv_model WHERE is_chosen = 1 ORDER BY model NULLS FIRST"), row => JsonNode.Parse(row.Text(0)!)!["r"]?.GetValue<double>());
        return parameters.OfType<double>().FirstOrDefault(1);
    }

    private static void RefuseEmptyArms(ExperimentPlan plan, IReadOnlyList<Stratum> strata, IReadOnlyList<IReadOnlyList<long>> sizes)
    {
        var empty = plan.AllArms.Where((_, arm) => sizes.Sum(s => s[arm]) == 0).ToList();
        if (empty.Count > 0)
            throw new ConfigFault(string.Create(CultureInfo.InvariantCulture,
                $"--holdout {plan.Holdout} of {strata.Sum(s => s.Customers):N0} customers leaves nobody in {string.Join(", ", empty)}. "
                    + $"Take another holdout, fewer arms or more segments."));
    }

    private static IEnumerable<(string Segment, string Arm, long First, long Last)> Ranks(ExperimentPlan plan, IReadOnlyList<Stratum> strata, IReadOnlyList<IReadOnlyList<long>> sizes)
    {
        for (var s = 0; s < strata.Count; s++)
        {
            var taken = 0L;
            for (var arm = 0; arm < plan.AllArms.Count; arm++)
            {
                yield return (strata[s].Segment, plan.AllArms[arm], taken + 1, taken + sizes[s][arm]);
                taken += sizes[s][arm];
            }
        }
    }

    private static void PutPower(IEngine engine, ExperimentPlan plan, DateOnly day, IReadOnlyList<Stratum> strata, IReadOnlyList<IReadOnlyList<long>> sizes)
    {
        // A segment of null is all of them, and says all if there is one.
        var groups = strata.Take(strata.Count > 1 ? strata.Count : 0).Select((s, i) => (s.Segment, s.Customers, s.ExpectedBuyers, Sizes: sizes[i]))
            .Prepend((Segment: null!, strata.Sum(s => s.Customers), strata.Aggregate((double?)0, (sum, s) => sum + s.ExpectedBuyers), [.. plan.AllArms.Select((_, arm) => sizes.Sum(s => s[arm]))]));
        engine.Put(Tables.ExperimentPower, groups.SelectMany(g => plan.Arms.Select((arm, i) => (Group: g, Arm: arm, Size: g.Sizes[i + 1], Control: g.Sizes[0]))), (of, row) =>
        {
            var baseline = plan.Baseline ?? (of.Group.ExpectedBuyers is { } buyers ? Math.Min(1, buyers / of.Group.Customers) : 0.5);
            row.Date(day);
            row.Text(plan.Name);
            row.Text(of.Group.Segment);
            row.Text(of.Arm);
            row.Long(of.Size);
            row.Long(of.Control);
            row.Long(plan.Days);
            row.Double(baseline);
            row.DoubleOrNull(MinimumDetectableEffect.OfProportion(baseline, of.Size, of.Control));
            row.DoubleOrNull(MinimumDetectableEffect.OfMean(of.Size, of.Control));
        });
    }

    private sealed record Stratum(string Segment, long Customers, double? ExpectedBuyers);
}
