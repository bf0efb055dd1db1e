using System.Globalization;
using System.Text.Json.Nodes;

namespace RfmSpark.EngineTests.Clusters;

/// <summary>The 20-customer case, whose optimum was proven by exhaustive search: what the job publishes of it.</summary>
public sealed class CaseStudyTests : IDisposable
{
    private static readonly string[] Settings = ["clusters.scaling=minMax", "clusters.winsorize=", "clusters.method=lloyd"];
    private readonly TestJob _job = new();

    public void Dispose() => _job.Dispose();

    [SkippableFact]
    public void Sums_of_squares_and_silhouettes_are_the_proven_ones()
    {
        Run();

        double[] proven = [6.1016036959, 2.0496998558, .8902712218, .5050299264, .2922331210, .2074472837, .1374985136, .1046843911];
        double[] euclidean = [.5333, .5153, .4843, .4974, .4481, .4589, .4484];
        var wcss = Numbers("cluster_choice", "wcss", "ORDER BY k");
        var silhouettes = Numbers("cluster_choice", "silhouette_euclidean", "WHERE k > 1 ORDER BY k");
        for (var k = 1; k <= proven.Length; k++) Assert.Equal(proven[k - 1], wcss[k - 1][0], 1e-10);
        for (var k = 2; k <= 8; k++) Assert.Equal(euclidean[k - 2], silhouettes[k - 2][0], 5e-5);
        Assert.Equal(.4843492, silhouettes[2][0], 5e-8);
        Assert.Equal(.5050299264, Numbers("cluster_choice", "fit_wcss", "WHERE is_chosen").Single()[0], 1e-10);
        Assert.Equal(["4|fixed, elbow|True"], _job.Rows("cluster_choice", "k, rules, has_rested", "WHERE is_chosen"));
        Assert.Equal(["silhouette"], _job.Rows("cluster_choice", "rules", "WHERE k = 2"));
    }

    [SkippableFact]
    public void Clusters_have_the_true_sizes_revenues_effects_and_distances()
    {
        Run();

        Assert.Equal(["4|17930.00|6.750|19|4482.50", "4|9180.00|17.000|11.75|2295.00", "7|4454.00|76.571|5|636.29", "5|517.00|244.000|1.4|103.40"],
            _job.Rows("cluster_profile", "customers, revenue, CAST(recency_mean AS DECIMAL(9,3)), frequency_mean, monetary_mean", "ORDER BY cluster"));
        var effects = Numbers("cluster_features", "f_statistic, eta_squared", "ORDER BY f_statistic");
        Assert.Equal([36.66, 68.37, 94.86], effects.Select(e => Math.Round(e[0], 2)));
        // F and eta squared say the same: F = eta² / (k − 1) / ((1 − eta²) / (n − k)).
        foreach (var effect in effects) Assert.Equal(effect[0], effect[1] / 3 / ((1 - effect[1]) / 16), 1e-9 * effect[0]);
        var distances = _job.Rows("cluster_profile", "distances", "ORDER BY cluster").ConvertAll(d => JsonNode.Parse(d)!);
        double[] expected = [.554, 1.034, 1.417, .496, .971, .565];
        (int From, int To)[] pairs = [(1, 2), (1, 3), (1, 4), (2, 3), (2, 4), (3, 4)];
        foreach (var ((from, to), distance) in pairs.Zip(expected))
            foreach (var listed in new[] { distances[from - 1][Text(to)], distances[to - 1][Text(from)] }) Assert.Equal(distance, listed!.GetValue<double>(), 5e-4);
    }

    [SkippableFact]
    public void Composite_scores_name_them_and_the_description_says_why()
    {
        Run("clusters.personas=composite");

        Assert.Equal(["Champions|bought most recently, buys most often, spends most", "Loyal Buyers|bought recently, buys often, spends much",
            "At-Risk|last bought a while ago, buys now and then, spends a middling sum", "Hibernating|has not bought for longest, buys most seldom, spends least"],
            _job.Rows("cluster_profile", "persona, description", "ORDER BY cluster"));

        Run("clusters.personas=four-actions");
        Assert.Equal(["Reward", "Retain", "Develop", "Re-engage"], _job.Rows("cluster_profile", "persona", "ORDER BY cluster"));
    }

    private void Run(params string[] more) => _job.Run(Requires.Data("case_study_20_orders.csv"), "2025-01-01", null, [.. Settings, .. more]);

    private List<double[]> Numbers(string table, string select, string rest) =>
        _job.Rows(table, select, rest).ConvertAll(r => Array.ConvertAll(r.Split('|'), v => double.Parse(v, CultureInfo.InvariantCulture)));

    private static string Text(int cluster) => cluster.ToString(CultureInfo.InvariantCulture);
}
