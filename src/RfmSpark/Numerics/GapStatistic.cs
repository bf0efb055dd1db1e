namespace RfmSpark.Numerics;

/// <summary>
/// The gap of a clustering: how much smaller the logarithm of its sum of squares is than on average for points spread evenly over the same box
/// (Tibshirani, Walther and Hastie, "Estimating the number of clusters in a data set via the gap statistic", J. R. Stat. Soc. B 63, 2001, reference (a)).
/// </summary>
/// <param name="Value">The gap.</param>
/// <param name="StandardError">The standard deviation over the references, times √(1 + 1/B) for B of them.</param>
public readonly record struct Gap(double Value, double StandardError)
{
    /// <summary>
    /// The smallest k whose gap is at least that of k + 1 less one standard error of it (the rule of the paper); the last if none is.
    /// <paramref name="gaps"/> begins at k = 1.
    /// </summary>
    public static int Choose(IReadOnlyList<Gap> gaps)
    {
        for (var k = 1; k < gaps.Count; k++)
            if (gaps[k - 1].Value >= gaps[k].Value - gaps[k].StandardError) return k;
        return gaps.Count;
    }
}

/// <summary>Gaps for k = 1 to a most.</summary>
public static class GapStatistic
{
    private const int MostPoints = 4096;

    /// <summary>The gap of each clustering.</summary>
    /// <param name="points">The points.</param>
    /// <param name="within">Their sum of squares for k = 1, 2, …; above zero.</param>
    /// <param name="references">Even spreads to compare with.</param>
    /// <param name="restarts">Starts for each of them: with one, the references' sums of squares are too large, and differ too much.</param>
    /// <param name="seed">The same seed gives the same references.</param>
    public static IReadOnlyList<Gap> Of(WeightedPoints points, IReadOnlyList<double> within, int references, int restarts, ulong seed)
    {
        var logs = new double[references][];
        Parallel.For(0, references, reference =>
        {
            var random = new Pcg32(seed, 0x4000_0000 | (uint)reference);
            var even = Even(points, random);
            logs[reference] = [.. Enumerable.Range(1, within.Count).Select(k =>
                Math.Log(Enumerable.Range(0, k == 1 ? 1 : restarts).Min(_ => KMeans.From(even, KMeans.Seeds(even, k, random)).Within)))];
        });
        return [.. within.Select((w, i) =>
        {
            var mean = logs.Average(l => l[i]);
            var deviation = Math.Sqrt(logs.Average(l => (l[i] - mean) * (l[i] - mean)));
            return new Gap(mean - Math.Log(w), deviation * Math.Sqrt(1 + (1.0 / references)));
        })];
    }

    // As heavy as the points together, so that both sums of squares are of as many.
    private static WeightedPoints Even(WeightedPoints points, Pcg32 random)
    {
        var count = (int)Math.Min(points.Total, MostPoints);
        var coordinates = new double[points.Dimensions][];
        for (var d = 0; d < coordinates.Length; d++)
        {
            var (least, greatest) = (double.PositiveInfinity, double.NegativeInfinity);
            foreach (var value in points.Along(d)) (least, greatest) = (Math.Min(least, value), Math.Max(greatest, value));
            coordinates[d] = [.. Enumerable.Range(0, count).Select(_ => least + ((greatest - least) * random.NextDouble()))];
        }
        return new WeightedPoints(coordinates, [.. Enumerable.Repeat(points.Total / count, count)]);
    }
}
