using RfmSpark.Engine;

namespace RfmSpark.Experiments;

/// <summary>Every arm against the control: each outcome of all customers, then by segment.</summary>
public static class ExperimentEffects
{
    /// <summary>The outcomes that are now in <c>experiment_outcomes</c>, added up on the engine.</summary>
    internal static IReadOnlyList<ArmOutcome> Sums(IEngine engine) => engine.Read(Sql.Of("experiment_sums"), row => new ArmOutcome(row.Text(0)!, row.Text(1)!, row.Text(2)!,
        new OutcomeSums(row.Long(3), row.Long(4), row.Long(5), row.Double(6), row.Double(7), row.Double(8), row.Double(9), row.Double(10))));

    /// <summary>The effects on the outcomes in their order; on segments too if there is more than one.</summary>
    public static IReadOnlyList<Effect> Of(IReadOnlyList<ArmOutcome> sums, ArmShares arms)
    {
        List<Effect> effects = [];
        foreach (var outcome in sums.GroupBy(s => s.Outcome))
        {
            var isProportion = outcome.All(s => s.Sums.IsProportion);
            effects.AddRange(Corrected(Compared(outcome.Key, null, [.. outcome], arms, isProportion)));
            var segments = outcome.GroupBy(s => s.Segment).OrderBy(g => g.Key, StringComparer.Ordinal).ToList();
            if (segments.Count > 1) effects.AddRange(Corrected(segments.SelectMany(g => Compared(outcome.Key, g.Key, [.. g], arms, isProportion))));
        }
        return effects;
    }

    /// <summary>Keeps them as <see cref="ExperimentTables.Results"/>.</summary>
    public static void Put(IEngine engine, IReadOnlyList<Effect> effects) => engine.Put(ExperimentTables.Results, effects, (effect, row) =>
    {
        double? mean = effect.Group.Customers == 0 ? null : effect.Group.Mean, control = effect.Control.Customers == 0 ? null : effect.Control.Mean;
        row.Text(effect.Outcome);
        row.Text(effect.Segment);
        row.Text(effect.Arm);
        row.Long(effect.Group.Customers);
        row.Long(effect.Control.Customers);
        row.DoubleOrNull(mean);
        row.DoubleOrNull(control);
        row.DoubleOrNull(effect.Plain?.Uplift);
        row.DoubleOrNull(effect.Plain?.Low);
        row.DoubleOrNull(effect.Plain?.High);
        row.DoubleOrNull(control > 0 ? effect.Plain?.Uplift / control : null);
        row.DoubleOrNull(effect.Plain?.Uplift * effect.Group.Customers);
        row.Text(effect.IsProportion ? "z" : "t");
        row.DoubleOrNull(effect.Plain?.Statistic);
        row.DoubleOrNull(effect.Plain?.P);
        row.DoubleOrNull(effect.PHolm);
        row.DoubleOrNull(effect.Adjusted?.Adjusted.Uplift);
        row.DoubleOrNull(effect.Adjusted?.Adjusted.Low);
        row.DoubleOrNull(effect.Adjusted?.Adjusted.High);
        row.DoubleOrNull(effect.Adjusted?.Adjusted.P);
        row.DoubleOrNull(effect.Adjusted?.VarianceReduction);
        row.DoubleOrNull(effect.RatioP);
    });

    private static IEnumerable<Effect> Compared(string outcome, string? segment, IReadOnlyList<ArmOutcome> sums, ArmShares arms, bool isProportion)
    {
        var ofArms = arms.Shares.Keys.ToDictionary(arm => arm, arm => sums.Where(s => s.Arm == arm).Aggregate(default(OutcomeSums), (sum, s) => sum + s.Sums));
        double? ratio = ofArms.Values.Sum(s => s.Customers) < 2 ? null : SampleRatio.Check([.. ofArms.Values.Select(s => s.Customers)], [.. ofArms.Keys.Select(a => arms.Shares[a])]).P;
        return arms.Treated.Select(arm => new Effect(outcome, segment, arm, ofArms[arm], ofArms[arms.Control], isProportion, ratio));
    }

    private static IEnumerable<Effect> Corrected(IEnumerable<Effect> effects)
    {
        var family = effects.ToList();
        return family.Zip(HolmCorrection.Of([.. family.Select(e => e.Plain?.P)]), (effect, p) => effect with { PHolm = p });
    }
}
