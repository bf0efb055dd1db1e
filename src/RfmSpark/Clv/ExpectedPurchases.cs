namespace RfmSpark.Clv;

/// <summary>Expected purchases of many histories at once.</summary>
internal static class ExpectedPurchases
{
    /// <summary>
    /// Of each history the purchase days that <paramref name="model"/> expects in the next <paramref name="ahead"/> weeks. What a living customer will do depends on x and T alone, of which
    /// there are far fewer pairs than histories.
    /// </summary>
    internal static double[] Of(PurchaseModel model, IReadOnlyList<PurchaseHistory> histories, double ahead)
    {
        var whileAlive = histories.Select(h => (h.Repeats, h.Weeks)).Distinct().AsParallel().ToDictionary(h => h, h => model.ExpectedWhileAlive(h.Repeats, h.Weeks, ahead));
        var expected = new double[histories.Count];
        Parallel.For(0, expected.Length, i => expected[i] = model.ProbabilityAlive(histories[i]) * whileAlive[(histories[i].Repeats, histories[i].Weeks)]);
        return expected;
    }
}
