using RfmSpark.Engine;

namespace RfmSpark.Clusters;

/// <summary>What the customers nearest to one centre come to.</summary>
/// <param name="Customers">How many there are.</param>
/// <param name="Days">Their recency, added up.</param>
/// <param name="Orders">Their orders.</param>
/// <param name="Revenue">Their spend.</param>
/// <param name="Sums">Exact sums of each scaled feature, in whole numbers.</param>
/// <param name="Squares">Sums of squares of each scaled feature.</param>
/// <param name="Within">Sum of squared distances from the centre.</param>
public sealed record ClusterSums(long Customers, long Days, long Orders, decimal Revenue, long[] Sums, double[] Squares, double Within)
{
    /// <summary>The mean squared distance of the customers from their mean, given the centre that <see cref="Within"/> is about.</summary>
    internal double Spread(long[] centre)
    {
        if (Customers == 0) return 0;
        var spread = Within / Customers;
        for (var d = 0; d < centre.Length; d++)
        {
            var off = ((double)Sums[d] / Customers) - centre[d];
            spread -= off * off;
        }
        return Math.Max(spread, 0);
    }

    /// <summary>A pass over the customers of some buckets: one for each centre.</summary>
    internal static ClusterSums[] Read(IEngine engine, FeatureSpace space, long[][] centres, int firstBucket, int lastBucket)
    {
        engine.Put(ClusterTables.Centroids(centres.Length, space.Dimensions), [centres], (places, row) =>
        {
            row.Long(firstBucket);
            row.Long(lastBucket);
            foreach (var place in places) foreach (var x in place) row.Double(x);
        });
        var d = space.Dimensions;
        var sums = new ClusterSums[centres.Length];
        Array.Fill(sums, new ClusterSums(0, 0, 0, 0, new long[d], new double[d], 0));
        foreach (var (label, read) in engine.Read(Step(space, centres.Length), row => ((int)row.Long(0), new ClusterSums(row.Long(1), row.Long(2), row.Long(3), row.Decimal(4),
            [.. Enumerable.Range(5, d).Select(row.Long)], [.. Enumerable.Range(5 + d, d).Select(row.Double)], row.Double(5 + (2 * d))))))
            sums[label] = read;
        return sums;
    }

    /// <summary>The SELECT of a pass; the centres are no part of it.</summary>
    internal static Sql Step(FeatureSpace space, int k)
    {
        var nearest = new NearestSql(k, space.Dimensions);
        return Sql.Of("cluster_sums").With("points", space.Each("x#")).With("distances", nearest.Distances()).With("nearest", nearest.Nearest()).With("label", nearest.Label())
            .With("sums", space.Each("CAST(SUM(x#) AS BIGINT) AS s#"))
            .With("squares", space.Each("CAST(SUM(CAST(x# AS DOUBLE) * CAST(x# AS DOUBLE)) AS DOUBLE) AS q#"));
    }
}
