namespace RfmSpark.Clv;

/// <summary>Expected purchases of many histories at once.</summary>
internal static class ExpectedPurchases
{
    private const int ChunkSize = 4096;

    /// <summary>
    /// Of each history the purchase days that <paramref name="model"/> expects in the next <paramref name="ahead"/> weeks. What a living customer will do depends on x and T alone: it is
    /// reckoned once for histories next to each other that have the same, as they have in the order of <see cref="PatternCounts"/>.
    /// </summary>
    internal static double[] Of(PurchaseModel model, IReadOnlyList<PurchaseHistory> histories, double ahead)
    {
        var expected = new double[histories.Count];
        Parallel.For(0, (expected.Length + ChunkSize - 1) / ChunkSize, chunk =>
        {
            var (last, whileAlive) = (default(PurchaseHistory), double.NaN);
            for (var i = chunk * ChunkSize; i < Math.Min((chunk + 1) * ChunkSize, expected.Length); i++)
            {
                var history = histories[i];
                if (double.IsNaN(whileAlive) || history.Repeats != last.Repeats || history.Weeks != last.Weeks) whileAlive = model.ExpectedWhileAlive(history.Repeats, history.Weeks, ahead);
                expected[i] = model.ProbabilityAlive(history) * whileAlive;
                last = history;
            }
        });
        return expected;
    }
}
