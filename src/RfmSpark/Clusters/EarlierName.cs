using RfmSpark.Engine;
using RfmSpark.Runs;

namespace RfmSpark.Clusters;

/// <summary>A name that a cluster had on an earlier day, and what its customers were like then.</summary>
public sealed record EarlierName(string Persona, ClusterMeans Means)
{
    private const string Profile = "cluster_profile_then";

    /// <summary>The clusters of the last of <paramref name="runs"/> before <paramref name="asOf"/>; empty if there is none, or if that one is no longer there.</summary>
    internal static IReadOnlyList<EarlierName> Read(IEngine engine, IReadOnlyList<FinishedRun> runs, DateOnly asOf) =>
        runs.LastOrDefault(r => r.Day < asOf)?.OpenNow(engine, Tables.ClusterProfile, Profile) is null ? []
            : engine.Read(Sql.Inline($"SELECT persona, recency_mean, frequency_mean, monetary_mean FROM {Profile} ORDER BY cluster NULLS FIRST"),
                row => new EarlierName(row.Text(0)!, new ClusterMeans((decimal)row.Double(1), (decimal)row.Double(2), row.Decimal(3))));
}
