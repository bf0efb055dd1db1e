using RfmSpark.Numerics;
using RfmSpark.Settings;

namespace RfmSpark.Clusters;

/// <summary>One number of clusters, tried on the cells.</summary>
/// <param name="Fit">The best clustering of the cells.</param>
/// <param name="Silhouette">Mean silhouette with squared distances; null for one cluster.</param>
/// <param name="Euclidean">Mean silhouette with distances, over every pair; null for one cluster or more than 5,000 customers.</param>
/// <param name="Gap">The gap statistic; null where each distinct place is a cluster, which has no logarithm.</param>
/// <param name="Stability">By resampling; null for one cluster.</param>
/// <param name="Restarts">Mean adjusted Rand index of what the starts came to with the best of them; null for one cluster.</param>
public sealed record Candidate(KMeansFit Fit, double? Silhouette, double? Euclidean, Gap? Gap, StabilityOf? Stability, double? Restarts)
{
    // What is done hundreds of times is done on at most this many cells.
    private const int MostCells = 2500;
    private const int MostForEuclidean = 5000;
    private const int GapReferences = 20;

    // With one, standard errors are up to half as large again; from three on neither they nor the gap move (by 1 % at most, of 20 starts).
    private const int ReferenceStarts = 3;

    /// <summary>The number of clusters.</summary>
    public int K => Fit.Centres.Length;

    /// <summary>Tries 1 to <paramref name="most"/> clusters on some cells.</summary>
    internal static IReadOnlyList<Candidate> Try(CellGrid grid, IReadOnlyList<GridCell> cells, int most, ClustersConfig config)
    {
        var points = grid.Points(cells);
        var coarse = cells.Count <= MostCells ? points : grid.Points(CellGrid.Coarsened(cells, MostCells));
        var seed = (ulong)config.Seed;
        most = Math.Min(most, points.Distinct());
        var tries = Enumerable.Range(1, most).Select(k => Try(points, coarse, k, config.Restarts, seed)).ToList();
        var gaps = tries.TakeWhile(t => t.Fit.Within > 0).Select(t => t.Fit.Within).ToList() is { Count: > 0 } within
            ? GapStatistic.Of(coarse, within, GapReferences, Math.Min(config.Restarts, ReferenceStarts), seed)
            : [];
        return [.. tries.Select((t, i) => new Candidate(
            t.Fit,
            t.Fit.Centres.Length == 1 ? null : Numerics.Silhouette.Mean(points, Numerics.Silhouette.Squared(points, t.Fit.Labels, t.Fit.Centres.Length)),
            t.Fit.Centres.Length == 1 || points.Total > MostForEuclidean || grid.Side > 1 ? null : Numerics.Silhouette.Euclidean(points, t.Fit.Labels, t.Fit.Centres.Length),
            i < gaps.Count ? gaps[i] : null,
            t.Fit.Centres.Length == 1 ? null : ClusterStability.Bootstrap(coarse, t.Coarse.Labels, t.Fit.Centres.Length, config.Replicates, seed),
            t.Restarts))];
    }

    // Starts are compared on coarse cells, and the best is led on over all.
    private static (KMeansFit Fit, KMeansFit Coarse, double? Restarts) Try(WeightedPoints points, WeightedPoints coarse, int k, int restarts, ulong seed)
    {
        var starts = KMeans.Starts(coarse, k, restarts, seed);
        var best = KMeans.Best(coarse, starts, seed);
        double? alike = k == 1 ? null : starts.Average(start => Agreement.AdjustedRand(best.Labels, start.Labels, coarse.Weights));
        return (ReferenceEquals(points, coarse) ? best : KMeans.From(points, best.Centres), best, alike);
    }
}
