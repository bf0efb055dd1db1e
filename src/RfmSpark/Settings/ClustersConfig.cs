using System.ComponentModel.DataAnnotations;

namespace RfmSpark.Settings;

/// <summary>How features are brought to one scale.</summary>
public enum Scaling
{
    /// <summary>The z-score of ln(1 + x); x below zero counts as zero.</summary>
    LogZScore,
    /// <summary>The z-score of x.</summary>
    ZScore,
    /// <summary>From 0 to 1, the higher the better: recency is turned round.</summary>
    MinMax,
}

/// <summary>How centres are moved after the start that is found on cells of customers.</summary>
public enum ClusterMethod
{
    /// <summary>Each step looks at one bucket of the customers.</summary>
    MiniBatch,
    /// <summary>Each step looks at every customer.</summary>
    Lloyd,
    /// <summary>They are not.</summary>
    Grid,
}

/// <summary>What decides the number of clusters.</summary>
public enum ClusterChoice
{
    /// <summary>The configuration.</summary>
    Fixed,
    /// <summary>The highest mean silhouette.</summary>
    Silhouette,
    /// <summary>The largest distance of the sum of squares from its chord.</summary>
    Elbow,
    /// <summary>The gap statistic, with one standard error.</summary>
    Gap,
}

/// <summary>What outliers count for in the fit.</summary>
public enum OutliersInFit
{
    /// <summary>As much as others.</summary>
    Include,
    /// <summary>Nothing.</summary>
    LeaveOut,
}

/// <summary>Clusters of customers, and their number.</summary>
public sealed record ClustersConfig
{
    /// <summary>The names that <see cref="Features"/> may hold.</summary>
    public static readonly IReadOnlyList<string> KnownFeatures = ["recency", "frequency", "monetary", "averageOrderValue", "tenure", "gap"];

    // Three numbers, the least that can bend, from 2 on.
    private const int LeastForElbow = 4;

    /// <summary>What customers are compared by.</summary>
    public required IReadOnlyList<string> Features { get; init; }
    /// <summary>How features are brought to one scale.</summary>
    public required Scaling Scaling { get; init; }
    /// <summary>The two quantiles, 0 to 1, at which each feature is capped; none if empty.</summary>
    public required IReadOnlyList<decimal> Winsorize { get; init; }
    /// <summary>How centres are moved.</summary>
    public required ClusterMethod Method { get; init; }
    /// <summary>What decides the number of clusters.</summary>
    public required ClusterChoice Choice { get; init; }
    /// <summary>The number of clusters, if it is fixed.</summary>
    [Range(1, 20)]
    public required int K { get; init; }
    /// <summary>The most clusters that are compared.</summary>
    [Range(2, 20)]
    public required int MostClusters { get; init; }
    /// <summary>The most clusters that are tried: those compared, and the fixed number.</summary>
    public int MostTried => Choice == ClusterChoice.Fixed ? Math.Max(MostClusters, K) : MostClusters;
    /// <summary>Starts for each number of clusters.</summary>
    [Range(1, 100)]
    public required int Restarts { get; init; }
    /// <summary>Resamples for stability.</summary>
    [Range(1, 1000)]
    public required int Replicates { get; init; }
    /// <summary>What outliers count for in the fit.</summary>
    public required OutliersInFit Outliers { get; init; }
    /// <summary>DBSCAN's eps, in scaled features.</summary>
    [Range(typeof(decimal), "0.001", "1000")]
    public required decimal OutlierRadius { get; init; }
    /// <summary>DBSCAN's least number of customers in a dense neighbourhood.</summary>
    [Range(1, int.MaxValue)]
    public required int OutlierWeight { get; init; }
    /// <summary>The set of names, one of those in the segments file.</summary>
    public required string Personas { get; init; }
    /// <summary>The same seed gives the same clusters.</summary>
    [Range(0, int.MaxValue)]
    public required int Seed { get; init; }

    internal IEnumerable<(string Path, string Fault)> Check()
    {
        if (Features.Count == 0) yield return ("features", $"is empty; name one or more of {string.Join(", ", KnownFeatures)}");
        foreach (var unknown in Features.Except(KnownFeatures)) yield return ("features", $"has '{unknown}'; there are {string.Join(", ", KnownFeatures)}");
        if (Features.Distinct().Count() < Features.Count) yield return ("features", $"is {string.Join(", ", Features)}; name each once");
        if (Choice == ClusterChoice.Elbow && MostClusters < LeastForElbow)
            yield return ("mostClusters", $"is {MostClusters}; the elbow is looked for from 2 clusters on, and needs {LeastForElbow} or more");
        if (Winsorize.Count > 0 && !(Winsorize is [var low, var high] && low >= 0 && low < high && high <= 1))
            yield return ("winsorize", $"is {string.Join(", ", Winsorize)}; it must be two quantiles from 0 to 1, the lower first, or empty");
    }
}
