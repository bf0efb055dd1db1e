namespace RfmSpark.Numerics;

/// <summary>
/// The noise of DBSCAN (Ester, Kriegel, Sander and Xu, "A density-based algorithm for discovering clusters", KDD 1996) on weighted points: a point is core
/// if what lies within eps of it, itself included, weighs at least the minimum; noise is what is not core and has no core within eps.
/// </summary>
/// <remarks>Points are looked up in boxes of side eps, so that only neighbouring boxes are searched, and a search ends as soon as the answer is known.</remarks>
public static class DensityOutliers
{
    /// <summary>Whether each point is noise.</summary>
    /// <param name="points">The points.</param>
    /// <param name="eps">The radius, above zero, in the units of the coordinates.</param>
    /// <param name="minimumWeight">The weight from which a neighbourhood is dense.</param>
    public static bool[] Noise(WeightedPoints points, double eps, double minimumWeight)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(eps);
        var boxes = new Dictionary<long, List<int>>();
        var (places, box) = (new double[points.Count][], new long[points.Count][]);
        for (var i = 0; i < points.Count; i++)
        {
            places[i] = points.At(i);
            box[i] = [.. places[i].Select(x => (long)Math.Floor(x / eps))];
            if (!boxes.TryGetValue(Key(box[i]), out var inside)) boxes[Key(box[i])] = inside = [];
            inside.Add(i);
        }
        var neighbours = Offsets(points.Dimensions);
        var core = new bool[points.Count];
        Parallel.For(0, points.Count, i =>
        {
            var weight = points.Weights[i];
            core[i] = weight >= minimumWeight || Any(i, j => j != i && (weight += points.Weights[j]) >= minimumWeight);
        });
        var noise = new bool[points.Count];
        Parallel.For(0, points.Count, i => noise[i] = !core[i] && !Any(i, j => core[j]));
        return noise;

        // Whether it holds for a point within eps; points are asked in turn until it does.
        bool Any(int point, Func<int, bool> holds)
        {
            var key = new long[points.Dimensions];
            foreach (var offset in neighbours)
            {
                for (var d = 0; d < key.Length; d++) key[d] = box[point][d] + offset[d];
                if (!boxes.TryGetValue(Key(key), out var inside)) continue;
                foreach (var other in inside)
                    if (points.SquaredDistance(other, places[point]) <= eps * eps && holds(other)) return true;
            }
            return false;
        }
    }

    // No two of the boxes around a point share a key; a far one that does only costs time, since every point that is found is measured.
    private static long Key(long[] box)
    {
        var key = 0L;
        foreach (var side in box) key = unchecked((key * 1_000_003) + side);
        return key;
    }

    private static List<int[]> Offsets(int dimensions)
    {
        List<int[]> offsets = [[]];
        for (var d = 0; d < dimensions; d++) offsets = [.. offsets.SelectMany(o => new[] { 0, -1, 1 }.Select(step => (int[])[.. o, step]))];
        return offsets;
    }
}
