namespace RfmSpark.Numerics;

/// <summary>
/// How well points sit in their clusters: (b − a) / max(a, b), where a is the mean distance to the others of the own cluster and b the least mean distance
/// to those of another one; 1 sits well, 0 lies between two, below 0 belongs elsewhere (Rousseeuw, "Silhouettes", J. Comput. Appl. Math. 20, 1987).
/// A point that is alone in its cluster has 0.
/// </summary>
public static class Silhouette
{
    /// <summary>
    /// The silhouette of each point with squared Euclidean distances. The mean squared distance of x to a cluster of weight N, mean c and sum of squares W about it
    /// is |x − c|² + W / N, so a pass over the centres is enough.
    /// </summary>
    /// <remarks>Numbers are not those of the Euclidean silhouette, and mostly larger; compare only like with like.</remarks>
    public static double[] Squared(WeightedPoints points, IReadOnlyList<int> labels, int k)
    {
        var (weights, centres) = (new double[k], new double[k][]);
        for (var c = 0; c < k; c++) centres[c] = new double[points.Dimensions];
        for (var i = 0; i < points.Count; i++)
        {
            weights[labels[i]] += points.Weights[i];
            for (var d = 0; d < points.Dimensions; d++) centres[labels[i]][d] += points.Weights[i] * points.Along(d)[i];
        }
        for (var c = 0; c < k; c++)
            for (var d = 0; d < points.Dimensions; d++) centres[c][d] /= weights[c];
        var within = new double[k];
        for (var i = 0; i < points.Count; i++) within[labels[i]] += points.Weights[i] * points.SquaredDistance(i, centres[labels[i]]);

        var silhouettes = new double[points.Count];
        for (var i = 0; i < points.Count; i++)
        {
            var (own, other) = (0.0, double.PositiveInfinity);
            for (var c = 0; c < k; c++)
            {
                if (weights[c] <= 0) continue;
                var mean = points.SquaredDistance(i, centres[c]) + (within[c] / weights[c]);
                if (c == labels[i]) own = mean;
                else other = Math.Min(other, mean);
            }
            var size = weights[labels[i]];
            silhouettes[i] = size > 1 ? Of(own * size / (size - 1), other) : 0;
        }
        return silhouettes;
    }

    /// <summary>The mean Euclidean silhouette over all points, by every pair: exact, for small data.</summary>
    public static double Euclidean(WeightedPoints points, IReadOnlyList<int> labels, int k)
    {
        var silhouettes = new double[points.Count];
        var weights = new double[k];
        for (var i = 0; i < points.Count; i++) weights[labels[i]] += points.Weights[i];
        Parallel.For(0, points.Count, i =>
        {
            var own = labels[i];
            if (weights[own] <= 1) return;
            var (squares, distances) = (new double[points.Count], new double[k]);
            for (var d = 0; d < points.Dimensions; d++)
            {
                var along = points.Along(d);
                for (var j = 0; j < squares.Length; j++) squares[j] += (along[j] - along[i]) * (along[j] - along[i]);
            }
            for (var j = 0; j < squares.Length; j++) distances[labels[j]] += points.Weights[j] * Math.Sqrt(squares[j]);
            var other = Enumerable.Range(0, k).Where(c => c != own && weights[c] > 0).Min(c => distances[c] / weights[c]);
            silhouettes[i] = Of(distances[own] / (weights[own] - 1), other);
        });
        return Mean(points, silhouettes);
    }

    /// <summary>The weighted mean of the points' silhouettes.</summary>
    public static double Mean(WeightedPoints points, double[] silhouettes)
    {
        var sum = 0.0;
        for (var i = 0; i < silhouettes.Length; i++) sum += points.Weights[i] * silhouettes[i];
        return sum / points.Total;
    }

    private static double Of(double own, double other) => Math.Max(own, other) is > 0 and var larger && double.IsFinite(larger) ? (other - own) / larger : 0;
}
