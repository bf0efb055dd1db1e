namespace RfmSpark.Clv.Validation;

/// <summary>What a model fitted to the first part of the orders predicts of the rest.</summary>
/// <param name="Fit">The model.</param>
/// <param name="ByRepeats">Predicted purchase days of customers with 0, 1, 2, … repeats in the fit, and of those with <see cref="MostRepeats"/> or more.</param>
internal sealed record PurchasePrediction(PurchaseFit Fit, double[] ByRepeats)
{
    /// <summary>Customers with so many repeats or more are looked at together.</summary>
    internal const int MostRepeats = 7;

    /// <summary>Predicted purchase days of all customers.</summary>
    internal double Total => ByRepeats.Sum();

    /// <summary>Of all customers of <paramref name="counts"/>, in the next <paramref name="weeks"/>.</summary>
    internal static PurchasePrediction Of(PurchaseFit fit, PatternCounts counts, int weeks)
    {
        var byRepeats = new double[MostRepeats + 1];
        foreach (var (pattern, expected) in counts.Patterns.Zip(ExpectedPurchases.Of(fit.Model, counts.Histories, weeks)))
            byRepeats[Math.Min(pattern.Repeats, MostRepeats)] += pattern.Customers * expected;
        return new PurchasePrediction(fit, byRepeats);
    }

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
