using RfmSpark.Engine;

namespace RfmSpark.Report.Data;

/// <summary>A cluster: a row of <c>cluster_profile</c>.</summary>
internal sealed record ClusterFacts(int Cluster, string Persona, string Description, long Customers, double Share, double? RevenueShare,
    double RecencyMedian, double FrequencyMedian, decimal MonetaryMedian, decimal AverageOrderValue, double RepeatRate, long Outliers,
    double? Silhouette, double? Stability, string? StabilityBound)
{
    internal static IReadOnlyList<ClusterFacts> Read(IEngine engine) => engine.Read(Sql.Inline("""
        SELECT cluster, persona, description, customers, share, revenue_share, recency_median, frequency_median, monetary_median, avg_order_value, repeat_rate, outliers, silhouette, stability, stability_bound
        FROM cluster_profile
        ORDER BY cluster NULLS FIRST
        """), row => new ClusterFacts((int)row.Long(0), row.Text(1)!, row.Text(2)!, row.Long(3), row.Double(4), row.DoubleOrNull(5),
            row.Double(6), row.Double(7), row.Decimal(8), row.Decimal(9), row.Double(10), row.Long(11), row.DoubleOrNull(12), row.DoubleOrNull(13), row.Text(14)));
}

/// <summary>A number of clusters that was tried: a row of <c>cluster_choice</c>.</summary>
internal sealed record ClusterChoice(int K, double Wcss, double? Silhouette, double? Gap, double? Stability, string Rules, bool IsChosen, string? Note)
{
    internal static IReadOnlyList<ClusterChoice> Read(IEngine engine) => engine.Read(Sql.Inline("""
        SELECT k, wcss, silhouette, gap, stability, rules, CASE WHEN is_chosen THEN 1 ELSE 0 END, note
        FROM cluster_choice
        ORDER BY k NULLS FIRST
        """), row => new ClusterChoice((int)row.Long(0), row.Double(1), row.DoubleOrNull(2), row.DoubleOrNull(3), row.DoubleOrNull(4), row.Text(5) ?? "", row.Long(6) == 1, row.Text(7)));
}

/// <summary>How well a feature tells the clusters apart: a row of <c>cluster_features</c>.</summary>
internal sealed record FeatureFacts(string Feature, double? EtaSquared)
{
    internal static IReadOnlyList<FeatureFacts> Read(IEngine engine) =>
        engine.Read(Sql.Inline("SELECT feature, eta_squared FROM cluster_features ORDER BY feature NULLS FIRST"), row => new FeatureFacts(row.Text(0)!, row.DoubleOrNull(1)));
}
