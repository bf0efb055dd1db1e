namespace RfmSpark.Numerics;

/// <summary>A clustering of points.</summary>
/// <param name="Centres">One array of coordinates a cluster; each the weighted mean of its points.</param>
/// <param name="Labels">The cluster of each point, from 0.</param>
/// <param name="Within">Weighted sum of squared distances of the points from their centres, and within the points themselves.</param>
/// <param name="Steps">Steps of Lloyd until it ended.</param>
/// <param name="Rested">Whether the labels had ceased to change; else the steps ran out.</param>
public sealed record KMeansFit(double[][] Centres, int[] Labels, double Within, int Steps, bool Rested);

/// <summary>
/// K-means on weighted points: Lloyd, "Least squares quantization in PCM", IEEE Transactions on Information Theory 28 (1982), from starts by greedy k-means++
/// (Arthur and Vassilvitskii, "k-means++: the advantages of careful seeding", SODA 2007; several candidates a centre as in section 7 there).
/// </summary>
/// <remarks>
/// The same for a seed on every machine and for any number of threads: each start has a stream of random numbers of its own, and sums are taken in the order
/// of the points. A cluster that loses all its points takes the point that costs most where it is. It finds a local optimum; that it is a good one rests on
/// the restarts, so callers compare several. Few points are also exchanged one by one (<see cref="PointExchange"/>), and the best start is tried with single centres put elsewhere.
/// </remarks>
public static class KMeans
{
    private const int MostSteps = 300;

    // With more points than these each is too small a part of its cluster for an exchange to matter, and many starts come to nearly the same.
    private const int Few = 5000;
    private const int Swaps = 30;

    /// <summary>The best of <paramref name="restarts"/> starts.</summary>
    /// <param name="points">The points.</param>
    /// <param name="k">Clusters; at least 1 and at most the number of points that differ.</param>
    /// <param name="restarts">Starts, at least 1.</param>
    /// <param name="seed">The same seed gives the same clusters.</param>
    public static KMeansFit Best(WeightedPoints points, int k, int restarts, ulong seed) => Best(points, Starts(points, k, restarts, seed), seed);

    /// <summary>What each of several starts comes to; parameters as <see cref="Best(WeightedPoints, int, int, ulong)"/>.</summary>
    public static IReadOnlyList<KMeansFit> Starts(WeightedPoints points, int k, int restarts, ulong seed)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(k, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(restarts, 1);
        var fits = new KMeansFit[restarts];
        Parallel.For(0, restarts, start => fits[start] = Exchanged(points, From(points, Seeds(points, k, new Pcg32(seed, ((ulong)k << 32) | (uint)start)))));
        return fits;
    }

    /// <summary>The best of <paramref name="starts"/>, and for few points of what comes of moving its centres.</summary>
    public static KMeansFit Best(WeightedPoints points, IReadOnlyList<KMeansFit> starts, ulong seed)
    {
        var best = starts.MinBy(fit => fit.Within)!;
        var k = best.Centres.Length;
        return points.Count > Few || k == 1 ? best : Swapped(points, best, new Pcg32(seed, ((ulong)k << 32) | uint.MaxValue));
    }

    /// <summary>Lloyd's steps from given centres until no label changes.</summary>
    public static KMeansFit From(WeightedPoints points, double[][] centres)
    {
        var (labels, distances, before) = (new int[points.Count], new double[points.Count], new int[points.Count]);
        Array.Fill(before, -1);
        for (var step = 1; ; step++)
        {
            NearestCentre.Assign(points, centres, labels, distances);
            if (labels.AsSpan().SequenceEqual(before)) return new KMeansFit(centres, labels, Cost(points, distances), step, Rested: true);
            centres = Means(points, labels, distances, centres.Length);
            if (step == MostSteps)
            {
                NearestCentre.Assign(points, centres, labels, distances);
                return new KMeansFit(centres, labels, Cost(points, distances), step, Rested: false);
            }
            labels.CopyTo(before, 0);
        }
    }

    /// <summary>Starting centres, far from each other: each the best of a few points that are drawn with a chance of weight times squared distance from those before.</summary>
    internal static double[][] Seeds(WeightedPoints points, int k, Pcg32 random)
    {
        var candidates = 2 + (int)Math.Log(k);
        var centres = new double[k][];
        centres[0] = points.At(Draw(points.Weights, points.Total, random));
        var costs = new double[points.Count];
        Array.Fill(costs, double.PositiveInfinity);
        Lower(points, centres[0], costs, costs);
        var (trial, best) = (new double[points.Count], new double[points.Count]);
        for (var c = 1; c < k; c++)
        {
            var total = Sum(costs);
            var least = double.PositiveInfinity;
            for (var candidate = 0; candidate < candidates; candidate++)
            {
                var point = points.At(Draw(costs, total, random));
                Lower(points, point, costs, trial);
                if (Sum(trial) is var cost && cost >= least) continue;
                least = cost;
                centres[c] = point;
                (trial, best) = (best, trial);
            }
            best.CopyTo(costs, 0);
        }
        return centres;
    }

    // Random swap: one centre is put onto another point, and what comes of it is kept if it is better (Fränti, "Efficiency of random swap clustering", 2018).
    private static KMeansFit Swapped(WeightedPoints points, KMeansFit best, Pcg32 random)
    {
        for (var swap = 0; swap < Swaps; swap++)
        {
            double[][] centres = [.. best.Centres];
            centres[random.NextUInt() % centres.Length] = points.At(Draw(points.Weights, points.Total, random));
            if (Exchanged(points, From(points, centres)) is var fit && fit.Within < best.Within) best = fit;
        }
        return best;
    }

    private static KMeansFit Exchanged(WeightedPoints points, KMeansFit fit)
    {
        if (points.Count > Few) return fit;
        double[][] centres = [.. fit.Centres.Select(c => (double[])c.Clone())];
        return PointExchange.Improve(points, (int[])fit.Labels.Clone(), centres) ? From(points, centres) : fit;
    }

    private static double[][] Means(WeightedPoints points, int[] labels, double[] distances, int k)
    {
        var weights = new double[k];
        for (var i = 0; i < labels.Length; i++) weights[labels[i]] += points.Weights[i];
        for (var c = 0; c < k; c++)
        {
            if (weights[c] > 0) continue;
            var worst = WorstServed(points, labels, distances, weights);
            weights[labels[worst]] -= points.Weights[worst];
            weights[c] = points.Weights[worst];
            labels[worst] = c;
            distances[worst] = 0;
        }
        var centres = new double[k][];
        for (var c = 0; c < k; c++) centres[c] = new double[points.Dimensions];
        for (var d = 0; d < points.Dimensions; d++)
        {
            var values = points.Along(d);
            for (var i = 0; i < labels.Length; i++) centres[labels[i]][d] += points.Weights[i] * values[i];
            for (var c = 0; c < k; c++) centres[c][d] /= weights[c];
        }
        return centres;
    }

    // The point that costs most, and is not all that its cluster has.
    private static int WorstServed(WeightedPoints points, int[] labels, double[] distances, double[] weights)
    {
        var worst = -1;
        for (var i = 0; i < labels.Length; i++)
        {
            if (points.Weights[i] <= 0 || weights[labels[i]] <= points.Weights[i]) continue;
            if (worst < 0 || points.Weights[i] * distances[i] > points.Weights[worst] * distances[worst]) worst = i;
        }
        return worst >= 0 ? worst : throw new ArgumentException("There are more clusters than points that differ.", nameof(points));
    }

    private static void Lower(WeightedPoints points, double[] centre, double[] costs, double[] lowered)
    {
        for (var i = 0; i < lowered.Length; i++) lowered[i] = Math.Min(costs[i], points.Weights[i] * points.SquaredDistance(i, centre));
    }

    private static int Draw(ReadOnlySpan<double> chances, double total, Pcg32 random)
    {
        var left = random.NextDouble() * total;
        var last = -1;
        for (var i = 0; i < chances.Length; i++)
        {
            if (chances[i] <= 0) continue;
            last = i;
            left -= chances[i];
            if (left < 0) return i;
        }
        return last >= 0 ? last : 0;
    }

    private static double Sum(double[] values)
    {
        var sum = 0.0;
        foreach (var value in values) sum += value;
        return sum;
    }

    private static double Cost(WeightedPoints points, double[] distances)
    {
        var cost = points.Hidden;
        for (var i = 0; i < distances.Length; i++) cost += points.Weights[i] * distances[i];
        return cost;
    }
}
