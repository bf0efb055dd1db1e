namespace RfmSpark.Numerics;

/// <summary>
/// Moves single points between clusters while that lowers the sum of squares (Hartigan, "Clustering Algorithms", 1975; Telgarsky and Vattani, "Hartigan's method:
/// k-means clustering without Voronoi", AISTATS 2010). What it leaves alone Lloyd's steps leave alone too, but not the other way round: it gets out of many of
/// the optima in which Lloyd rests, most of all where clusters have few points.
/// </summary>
internal static class PointExchange
{
    private const int MostSweeps = 100;

    // A gain that rounding could make up is none, or two clusters would pass a point back and forth.
    private const double LeastGain = 1e-12;

    /// <summary>Improves <paramref name="labels"/> in place. Clusters that are one point are never emptied.</summary>
    /// <returns>Whether any point moved.</returns>
    internal static bool Improve(WeightedPoints points, int[] labels, double[][] centres)
    {
        var weights = new double[centres.Length];
        for (var i = 0; i < labels.Length; i++) weights[labels[i]] += points.Weights[i];
        var (moved, movedNow) = (false, true);
        for (var sweep = 0; sweep < MostSweeps && movedNow; sweep++)
        {
            movedNow = false;
            for (var i = 0; i < labels.Length; i++)
            {
                var (weight, from) = (points.Weights[i], labels[i]);
                if (weight <= 0 || weights[from] <= weight) continue;
                var leaving = weight * weights[from] / (weights[from] - weight) * points.SquaredDistance(i, centres[from]);
                var (to, cost) = (from, leaving * (1 - LeastGain));
                for (var c = 0; c < centres.Length; c++)
                    if (c != from && weight * weights[c] / (weights[c] + weight) * points.SquaredDistance(i, centres[c]) is var joining && joining < cost) (to, cost) = (c, joining);
                if (to == from) continue;
                Shift(points, i, centres[from], -weight / (weights[from] - weight));
                Shift(points, i, centres[to], weight / (weights[to] + weight));
                weights[from] -= weight;
                weights[to] += weight;
                labels[i] = to;
                (moved, movedNow) = (true, true);
            }
        }
        return moved;
    }

    // The mean of a cluster after a point has joined it or left it.
    private static void Shift(WeightedPoints points, int point, double[] centre, double share)
    {
        for (var d = 0; d < centre.Length; d++) centre[d] += share * (points.Along(d)[point] - centre[d]);
    }
}
