using System.Globalization;

namespace RfmSpark.EngineTests.Clusters;

/// <summary>Customers that cannot be told apart, or too few of them: a sentence or a sensible result, and never a NaN.</summary>
public sealed class BadInputTests : IDisposable
{
    private readonly TestJob _job = new();

    public void Dispose() => _job.Dispose();

    [Fact]
    public void One_customer_is_one_cluster()
    {
        Run(["A,2026-01-01,10"]);

        Assert.Equal(["1|All|1"], Clusters());
        Assert.Contains(_job.Log.Lines, l => l == "WARN clusters: clusters.k is 4, but customers lie in only one place; k is 1");
    }

    [Fact]
    public void Equal_customers_are_one_cluster()
    {
        Run([.. Enumerable.Range(1, 30).Select(i => $"C{i},2026-01-01,10")], "clusters.choice=silhouette");

        Assert.Equal(["1|All|30"], Clusters());
        Assert.Contains(_job.Log.Lines, l => l == "WARN clusters: clusters.choice=silhouette has nothing to choose from, since customers lie in one place; k is 1");
    }

    [Fact]
    public void More_clusters_than_places_become_as_many_as_there_are_places_and_hide_nothing()
    {
        Run(["A,2026-01-01,10", "B,2026-01-01,10", "C,2026-01-20,500", "D,2026-01-20,500", "E,2026-01-09,90"]);

        Assert.Equal(["3|0|0"], _job.Rows("cluster_choice", "k, wcss, fit_wcss", "WHERE is_chosen"));
        Assert.Equal(["2", "1", "2"], _job.Rows("cluster_profile", "customers", "ORDER BY cluster"));
        Assert.Contains(_job.Log.Lines, l => l == "WARN clusters: clusters.k is 4, but customers lie in only 3 places that differ; k is 3");
        Assert.Equal(["clusters.k is 4, but customers lie in only 3 places that differ; k is 3"], _job.Rows("cluster_choice", "note", "WHERE is_chosen"));
    }

    [Theory]
    [InlineData("logZScore")]
    [InlineData("zScore")]
    [InlineData("minMax")]
    public void A_constant_feature_tells_none_apart_and_money_below_zero_has_a_logarithm(string scaling)
    {
        // Everyone ordered once and on one day; a return on another day leaves A below zero.
        Run(["A,2026-01-05,10", "A,2026-01-06,-400", .. Enumerable.Range(1, 40).Select(i => $"C{i},2026-01-05,{i * i}")], "clusters.scaling=" + scaling, "clusters.winsorize=");

        Assert.Equal(
            ["frequency|1|1|NULL|NULL", "recency|26|26|NULL|NULL"],
            _job.Rows("cluster_features", "feature, low, high, f_statistic, eta_squared", "WHERE feature <> 'monetary' ORDER BY feature"));
        Assert.Contains(_job.Log.Lines, l => l == "clusters: frequency is the same for all customers, so it tells none apart");
        Assert.Equal(["4"], _job.Rows("cluster_profile", "CAST(COUNT(*) AS BIGINT)"));
    }

    [Fact]
    public void A_feature_that_only_its_caps_make_the_same_is_not_said_to_be_so_by_itself()
    {
        Run(["C1,2026-01-04,10", .. Enumerable.Range(1, 300).Select(i => $"C{i},2026-01-05,{i}")]);

        Assert.Contains(_job.Log.Lines, l => l == "clusters: frequency is the same for all customers, capped as clusters.winsorize says, so it tells none apart");
    }

    [Fact]
    public void One_cluster_can_be_asked_for()
    {
        Run([.. Enumerable.Range(1, 40).Select(i => $"C{i},2026-01-{1 + (i % 28):00},{i * i}")], "clusters.k=1");

        Assert.Equal(["1|All|40"], Clusters());
        Assert.Equal(["40"], _job.Rows("customer_segments", "CAST(COUNT(*) AS BIGINT)", "WHERE silhouette IS NULL AND cluster = 1"));
    }

    [Fact]
    public void Where_everyone_is_an_outlier_none_is_left_out()
    {
        Run([.. Enumerable.Range(1, 12).Select(i => $"C{i},2026-01-{i * 2:00},{i * i * i}")], "clusters.outliers=leaveOut", "clusters.outlierRadius=0.001");

        Assert.Equal(["12"], _job.Rows("cluster_profile", "CAST(SUM(outliers) AS BIGINT)"));
        Assert.Contains(_job.Log.Lines, l => l.StartsWith("WARN clusters: every customer is an outlier, so none was left out of the fit", StringComparison.Ordinal));
    }

    [Fact]
    public void No_more_clusters_are_tried_than_may_be()
    {
        Run(
            [.. Enumerable.Range(1, 100).Select(i => $"C{i},2026-01-{1 + (i % 28):00},{i * i}")], "clusters.choice=silhouette",
            "clusters.mostClusters=3", "clusters.replicates=1", "clusters.restarts=1");

        Assert.Equal(["3"], _job.Rows("cluster_choice", "MAX(k)"));
    }

    [Fact]
    public void An_outlier_that_is_left_out_moves_no_centre_but_has_a_cluster()
    {
        string[] orders = [.. Enumerable.Range(1, 60).SelectMany(i => new[] { $"N{i},2026-01-{1 + (i % 5):00},{10 + (i % 7)}", $"M{i},2026-01-{20 + (i % 5)},{300 + (i % 7)}" })];
        string[] settings = ["clusters.k=2", "clusters.scaling=zScore", "clusters.winsorize=", "clusters.outliers=leaveOut", "clusters.features=recency"];
        Run([.. orders, "FAR,2023-01-01,50"], settings);

        Assert.Equal(["FAR"], _job.Rows("customer_segments", "customer_id", "WHERE is_outlier"));
        Assert.Equal(["2"], _job.Rows("cluster_profile", "CAST(COUNT(*) AS BIGINT)"));
        Assert.Equal(["60|60", "61|60"], _job.Rows("cluster_profile", "customers, customers - outliers", "ORDER BY customers"));
        // All who were fitted are others to it; squared distances, mean over each cluster.
        var recencies = _job.Rows("customer_segments", "recency_days, cluster, is_outlier, silhouette").ConvertAll(r => r.Split('|'));
        var far = recencies.Single(r => r[2] == "True");
        var distances = recencies.Where(r => r[2] == "False").GroupBy(r => r[1])
            .ToDictionary(
                g => g.Key,
                g => g.Average(
                    r => Math.Pow(double.Parse(r[0], CultureInfo.InvariantCulture) - double.Parse(far[0], CultureInfo.InvariantCulture), 2)));
        var (own, other) = (distances[far[1]], distances.Single(d => d.Key != far[1]).Value);
        Assert.Equal((other - own) / Math.Max(own, other), double.Parse(far[3], CultureInfo.InvariantCulture), 1e-6);
    }

    private void Run(string[] lines, params string[] settings)
    {
        _job.Run(_job.Write("orders.csv", "customer_id,order_date,amount\n" + string.Join('\n', lines) + "\n"), "2026-01-31", null, settings);
        foreach (var table in Tables.Published)
            foreach (var column in table.Columns.Where(c => c.Type.Kind == ColumnKind.Double))
                Assert.Equal(["0"], _job.Rows(table.Name, "CAST(COUNT(*) AS BIGINT)", $"WHERE isnan({column.Name}) OR isinf({column.Name})"));
    }

    private List<string> Clusters() => _job.Rows("cluster_profile", "cluster, CASE WHEN description = 'all customers' THEN 'All' ELSE description END, customers", "ORDER BY cluster");
}
