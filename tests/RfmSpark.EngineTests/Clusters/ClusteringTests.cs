using System.Globalization;
using System.Text.Json.Nodes;
using RfmSpark.Clusters;
using RfmSpark.Numerics;
using RfmSpark.Rfm;
using RfmSpark.Settings;

namespace RfmSpark.EngineTests.Clusters;

/// <summary>Labels, silhouettes and names of customers, by brute force and under changes that must not matter.</summary>
public sealed class ClusteringTests : IDisposable
{
    // Silhouettes rest on sums of doubles, whose last bits depend on the order; centres and labels do not.
    private const string Labels = "customer_id, cluster, persona, CAST(silhouette AS DECIMAL(14,11))";
    private static readonly string[] Measures = ["recency", "frequency", "monetary"];
    private readonly TestJob _job = new();

    public void Dispose() => _job.Dispose();

    [SkippableFact]
    public void Each_customer_is_in_the_cluster_of_the_nearest_centre()
    {
        _job.Run(Requires.Data("cdnow_sample.csv"), "1998-07-01", "cdnow", "clusters.scaling=zScore", "clusters.replicates=1", "clusters.restarts=1");
        var centres = _job.Rows("cluster_profile", "centre", "ORDER BY cluster").ConvertAll(c => JsonNode.Parse(c)!)
            .ConvertAll(centre => Array.ConvertAll(Measures, f => centre[f]!.GetValue<double>()));

        Assert.Equal(4, centres.Count);
        Assert.Equal(
            Points().Select(point => 1 + Enumerable.Range(0, 4).MinBy(c => Distance(point, centres[c]))),
            Numbers("customer_segments", "cluster", "ORDER BY customer_id").Select(c => (int)c[0]));
    }

    [SkippableFact]
    public void Each_customer_has_the_silhouette_of_every_pair()
    {
        _job.Run(Requires.Data("case_study_20_orders.csv"), "2025-01-01", null, "clusters.scaling=minMax", "clusters.winsorize=", "clusters.method=lloyd");
        var customers = Numbers("customer_segments", "cluster, silhouette", "ORDER BY customer_id");
        var points = Points();

        Assert.Equal(20, points.Count);
        for (var i = 0; i < points.Count; i++)
        {
            double Mean(double cluster) =>
                Enumerable.Range(0, points.Count).Where(j => j != i && customers[j][0] == cluster).Average(j => Distance(points[i], points[j]));
            var own = Mean(customers[i][0]);
            var other = customers.Select(c => c[0]).Distinct().Where(c => c != customers[i][0]).Min(Mean);
            Assert.Equal((other - own) / Math.Max(own, other), customers[i][1], 1e-9);
        }
    }

    [SkippableFact]
    public void The_order_of_rows_changes_nothing_and_a_week_later_names_stay_with_the_customers()
    {
        var lines = File.ReadAllLines(Requires.Data("cdnow_sample.csv"));
        var random = new Pcg32(7);
        string[] shuffled = [lines[0], .. lines.Skip(1).Select(l => (Line: l, Place: random.NextUInt())).OrderBy(l => l.Place).Select(l => l.Line)];
        _job.Run(Requires.Data("cdnow_sample.csv"), "1998-06-24", "cdnow");
        var before = _job.Rows("customer_segments", Labels, "ORDER BY customer_id");
        var centres = _job.Rows("cluster_profile", "centre, distances, stability", "ORDER BY cluster");

        _job.Run(_job.Write("shuffled.csv", string.Join('\n', shuffled) + "\n"), "1998-06-24", "cdnow");
        Assert.Equal(before, _job.Rows("customer_segments", Labels, "ORDER BY customer_id"));
        Assert.Equal(centres, _job.Rows("cluster_profile", "centre, distances, stability", "ORDER BY cluster"));

        _job.Run(Requires.Data("cdnow_sample.csv"), "1998-07-01", "cdnow");
        var later = _job.Rows("customer_segments", "customer_id, persona", "WHERE as_of = DATE '1998-07-01' ORDER BY customer_id").ToHashSet();
        Assert.InRange(before.Count(b => later.Contains(string.Join('|', b.Split('|')[0], b.Split('|')[2]))), 0.95 * before.Count, before.Count);
    }

    // One of its clusters lies between Loyal and At Risk, a little nearer now to the one, now to the other.
    [SkippableFact]
    public void Week_after_week_a_gift_shops_clusters_keep_their_names()
    {
        foreach (var day in new[] { "2011-08-01", "2011-08-08", "2011-08-15", "2011-08-22" })
            _job.Run(Requires.Data("online_retail.csv.gz"), day, "online_retail", "clusters.replicates=2", "clusters.restarts=3", "migration.lookback=1w", "clv.calibration=1");

        Assert.Equal(["4|4"], _job.Rows("cluster_profile", "COUNT(DISTINCT persona), COUNT(DISTINCT cluster)"));
    }

    [Fact]
    public void Order_value_tenure_and_gap_are_what_they_say()
    {
        // A: 3 orders of 10, 20 and 33 on days 1, 11 and 20; B: one of 5 on day 16; C: two of 8 on one day, 21. As of day 31.
        var path = _job.Write("orders.csv", "customer_id,order_date,amount\nA,2026-01-01,10\nA,2026-01-11,20\nA,2026-01-20,33\nB,2026-01-16,5\nC,2026-01-21,8\nC,2026-01-21,8\n");
        _job.Run(path, "2026-01-31", null, "clusters.features=averageOrderValue,tenure,gap", "clusters.winsorize=", "clusters.scaling=minMax", "clusters.k=3");

        // A 63 / 3 = 21, B 5, C 8; A 30 days, B 15, C 10; A 19 days / 2 = 9.5, B no second order in 15 days, C 0.
        Assert.Equal(["averageOrderValue|5|21", "gap|0|15", "tenure|10|30"], _job.Rows("cluster_features", "feature, low, high", "ORDER BY feature"));
        double[][] expected = [[1, 1, 9.5 / 15], [3.0 / 16, 0, 0], [0, .25, 1]];
        var centres = _job.Rows("cluster_profile", "centre", "ORDER BY monetary_mean DESC").ConvertAll(c => JsonNode.Parse(c)!);
        Assert.Equal(expected.Length, centres.Count);
        foreach (var (centre, place) in centres.Zip(expected))
            foreach (var (feature, value) in new[] { "averageOrderValue", "tenure", "gap" }.Zip(place)) Assert.Equal(value, centre[feature]!.GetValue<double>(), 1e-11);
    }

    [SkippableFact]
    public void A_centre_that_lost_its_customers_is_put_where_it_serves_some()
    {
        using var engine = new DuckDbEngine();
        var (space, cells) = Line(engine, [1, 1, 2, 50, 51, 51]);
        // The third centre lies beyond everyone.
        double[][] places = [[.. cells.At(0)], [.. cells.At(cells.Count - 1)], [10]];
        var start = new KMeansFit(places, NearestOf(cells, places), 1, 1, true);

        foreach (var method in new[] { ClusterMethod.Lloyd, ClusterMethod.MiniBatch, ClusterMethod.Grid })
        {
            var fit = new CentreFit(engine, space, cells, 1).Run(method, start);
            Assert.All(fit.Sums, s => Assert.True(s.Customers > 0));
            Assert.Equal(6, fit.Sums.Sum(s => s.Customers));
        }
    }

    // Customers on a line, as fit_points of one feature, and their distinct places.
    private static (FeatureSpace Space, WeightedPoints Cells) Line(DuckDbEngine engine, int[] days)
    {
        var values = new ValueCounts(days.GroupBy(d => d).Select(g => ((decimal)g.Key, (long)g.Count())));
        var config = TestJob.Config(["clusters.scaling=zScore", "clusters.winsorize="]).Clusters;
        var scale = FeatureScale.Of(Feature.Recency, values, config);
        var space = new FeatureSpace([scale], days.Length, new DateOnly(2026, 1, 1));
        engine.Put(ClusterTables.FitPoints(1), days, (day, row) =>
        {
            row.Long(0);
            row.Long(day);
            row.Long(1);
            row.Decimal(day);
            row.Long(space.Whole([scale.Scaled(day)])[0]);
        });
        return (space, new WeightedPoints([[.. values.Values.Select(v => scale.Scaled((double)v))]], [.. values.Customers.Select(c => (double)c)]));
    }

    private static int[] NearestOf(WeightedPoints points, double[][] places) =>
        [.. Enumerable.Range(0, points.Count).Select(i => Enumerable.Range(0, places.Length).MinBy(c => points.SquaredDistance(i, places[c])))];

    private static double Distance(double[] a, double[] b) => a.Zip(b, (x, y) => (x - y) * (x - y)).Sum();

    // Where the customers lie, by the scales that the run tells of; in the order of their ids.
    private List<double[]> Points()
    {
        var scales = Measures.Select(f => Numbers("cluster_features", "low, high, centre, width", $"WHERE feature = '{f}'").Single()).ToList();
        return Numbers("customer_segments", "recency_days, frequency, monetary", "ORDER BY customer_id")
            .ConvertAll(c => scales.Select((s, d) => (Math.Clamp(c[d], s[0], s[1]) - s[2]) / s[3]).ToArray());
    }

    private List<double[]> Numbers(string table, string select, string rest = "") =>
        _job.Rows(table, select, rest).ConvertAll(r => Array.ConvertAll(r.Split('|'), v => double.Parse(v, CultureInfo.InvariantCulture)));
}
