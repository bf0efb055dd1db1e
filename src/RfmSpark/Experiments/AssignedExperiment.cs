using System.Globalization;
using RfmSpark.Engine;

namespace RfmSpark.Experiments;

/// <summary>An experiment whose customers are in <c>experiments</c>, and what they ordered.</summary>
/// <param name="AsOf">The day of the segments that were its strata.</param>
/// <param name="Arms">Its arms.</param>
public sealed record AssignedExperiment(DateOnly AsOf, ArmShares Arms)
{
    /// <summary>Opens the experiment <paramref name="name"/> under <paramref name="output"/>; <c>experiments</c> then holds its customers alone.</summary>
    /// <exception cref="ConfigFault">It was not assigned.</exception>
    /// <exception cref="DataFault">It was assigned twice, or nobody is left in the control or in any other arm.</exception>
    public static AssignedExperiment Open(IEngine engine, string name, string output)
    {
        var path = Path.Combine(output, Tables.Experiments.Name);
        if (engine.Open(Tables.Experiments.Name, path, new Dictionary<string, string> { ["experiment"] = name }) is null)
            throw new ConfigFault($"{output} holds no experiment yet. Make one with experiment assign, or look at --out.");
        var arms = engine.Read(Sql.Inline("SELECT as_of, arm, share FROM experiments GROUP BY as_of, arm, share ORDER BY as_of NULLS FIRST, arm NULLS FIRST"),
            row => (Day: row.Date(0), Arm: row.Text(1)!, Share: row.Double(2)));
        if (arms.Count == 0)
        {
            engine.Open(Tables.Experiments.Name, path);
            var names = engine.Read(Sql.Inline("SELECT DISTINCT experiment FROM experiments"), row => row.Text(0)!).Order(StringComparer.Ordinal).ToList();
            throw new ConfigFault($"There is no experiment '{name}'; {(names.Count == 0 ? "all who were in one have been forgotten" : $"there are {string.Join(", ", names)}")}.");
        }
        if (arms.Any(a => a.Day != arms[0].Day))
            throw new DataFault(string.Create(CultureInfo.InvariantCulture,
                $"The experiment '{name}' was assigned as of {arms[0].Day:yyyy-MM-dd} and of {arms[^1].Day:yyyy-MM-dd}, by two commands at once. "
                    + $"Delete the rows of the one that was not used."));
        RefuseLostArms(name, [.. arms.Select(a => a.Arm)]);
        return new AssignedExperiment(arms[0].Day, new ArmShares(ExperimentPlan.Control, arms.ToDictionary(a => a.Arm, a => a.Share)));
    }

    // Arms are never empty when they are assigned.
    private static void RefuseLostArms(string name, IReadOnlyList<string> arms)
    {
        if (arms.Contains(ExperimentPlan.Control) && arms.Count > 1) return;
        var lost = arms.Contains(ExperimentPlan.Control) ? $"any arm but '{ExperimentPlan.Control}'" : $"the arm '{ExperimentPlan.Control}'";
        throw new DataFault($"The experiment '{name}' has nobody left in {lost}, since customers were forgotten, so there is nothing to compare. "
            + $"It cannot be measured any more: assign a new experiment under another --name.");
    }

    /// <summary>The outcomes of the days from <paramref name="from"/> to <paramref name="to"/>, out of <c>customer_days</c>.</summary>
    /// <exception cref="DataFault">The orders are of other customers.</exception>
    public IReadOnlyList<ArmOutcome> Measure(IEngine engine, DateOnly from, DateOnly to)
    {
        engine.Create(ExperimentTables.Customers, Sql.Of("experiment_customers").With("assigned", AsOf).With("first_day", from).With("last_day", to));
        var (customers, known) = engine.Read(Sql.Inline("SELECT CAST(COUNT(*) AS BIGINT), CAST(SUM(has_orders) AS BIGINT) FROM experiment_customers"), row => (row.Long(0), row.Long(1)))[0];
        if (known == 0)
            throw new DataFault(string.Create(CultureInfo.InvariantCulture,
                $"orders: none of the {customers:N0} customers of the experiment has an order up to {to:yyyy-MM-dd}. "
                    + $"Are these the orders of the same shop, with the same customer ids?"));
        engine.Define(ExperimentTables.Outcomes, Sql.Of("experiment_outcomes"));
        return ExperimentEffects.Sums(engine);
    }
}
