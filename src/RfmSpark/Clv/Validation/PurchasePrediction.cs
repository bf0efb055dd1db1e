namespace RfmSpark.Clv.Validation;

/// <summary>What a model fitted to the first part of the orders predicts of the rest.</summary>
/// <param name="Fit">The model.</param>
/// <param name="ByRepeats">Predicted purchase days of customers with 0, 1, 2, … repeats in the fit, and of those with <see cref="MostRepeats"/> or more.</param>
/// <param name="StandardError">By which the total of all is off by chance: customers are independent of each other, so what came of each pattern, less what was expected of it, squared and summed, is the variance.</param>
internal sealed record PurchasePrediction(PurchaseFit Fit, double[] ByRepeats, double StandardError)
{
    private const double TwoSided95 = 1.959963984540054;

    /// <summary>Customers with so many repeats or more are looked at together.</summary>
    internal const int MostRepeats = 7;

    /// <summary>Predicted purchase days of all customers.</summary>
    internal double Total => ByRepeats.Sum();

    /// <summary>Of all customers of <paramref name="counts"/>, in the next <paramref name="weeks"/>.</summary>
    internal static PurchasePrediction Of(PurchaseFit fit, PatternCounts counts, int weeks)
    {
        var (byRepeats, variance) = (new double[MostRepeats + 1], 0.0);
        foreach (var (pattern, each) in counts.Patterns.Zip(ExpectedPurchases.Of(fit.Model, counts.Histories, weeks)))
        {
            var expected = pattern.Customers * each;
            byRepeats[Math.Min(pattern.Repeats, MostRepeats)] += expected;
            variance += (pattern.PurchasesAfter - expected) * (pattern.PurchasesAfter - expected);
        }
        return new PurchasePrediction(fit, byRepeats, Math.Sqrt(variance));
    }

    /// <summary>By how much the total is off, where <paramref name="came"/> purchase days came.</summary>
    internal HeldOutError Error(long came) => new((Total / came) - 1, TwoSided95 * StandardError / came);

    /// <summary>Predicted purchase days week by week.</summary>
    internal static double[] ByWeek(PurchaseModel model, PatternCounts counts, int weeks)
    {
        // What a living customer will do depends on x and T alone; how many are expected to live, on the whole history.
        var alive = new double[counts.Patterns.Count];
        Parallel.For(0, alive.Length, i => alive[i] = counts.Patterns[i].Customers * model.ProbabilityAlive(counts.Histories[i]));
        var groups = counts.Histories.Zip(alive).GroupBy(h => (h.First.Repeats, h.First.Weeks), h => h.Second).Select(g => (g.Key.Repeats, g.Key.Weeks, Alive: g.Sum())).ToList();
        var cumulative = new double[weeks + 1];
        // A week a thread, so that the digits do not depend on their number.
        Parallel.For(1, weeks + 1, week => cumulative[week] = groups.Sum(g => g.Alive * model.ExpectedWhileAlive(g.Repeats, g.Weeks, week)));
        return [.. Enumerable.Range(0, weeks).Select(week => cumulative[week + 1] - cumulative[week])];
    }
}
