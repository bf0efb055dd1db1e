using System.Globalization;
using RfmSpark.Engine;

namespace RfmSpark.Report.Data;

/// <summary>A customer of the picture of clusters.</summary>
internal sealed record SampledCustomer(string Persona, int Recency, decimal Monetary)
{
    private const double Hashes = 1 << 24;
    private const int OfEachCluster = 200;

    /// <summary>
    /// About as many of each cluster, so that a small one is seen; the same on every run and engine, since the hash of the id decides. Customers whose net spend is nothing have no place on a
    /// logarithmic axis.
    /// </summary>
    internal static IReadOnlyList<SampledCustomer> Read(IEngine engine, IReadOnlyList<ClusterFacts> clusters)
    {
        var chances = string.Concat(clusters.Select(c =>
            string.Create(CultureInfo.InvariantCulture,
                $" WHEN {c.Cluster} THEN {(long)Math.Min(Hashes, Math.Ceiling(Hashes * OfEachCluster / Math.Max(1, c.Customers)))}")));
        return engine.Read(Sql.Inline($"""
            SELECT persona, recency_days, monetary
            FROM customer_segments
            WHERE monetary > 0 AND {"{{hash24(customer_id)}}"} < CASE cluster{chances} ELSE 0 END
            ORDER BY cluster NULLS FIRST, customer_id NULLS FIRST
            """), row => new SampledCustomer(row.Text(0)!, (int)row.Long(1), row.Decimal(2)));
    }
}
