using System.Globalization;

namespace RfmSpark.EngineTests.Migration;

/// <summary>Metrics against the customers of two published runs, counted here.</summary>
public sealed class SegmentMetricsTests : IDisposable
{
    private static readonly string[] High = ["Champions", "Loyal"], AtRisk = ["At Risk", "Cannot Lose", "About To Sleep", "Hibernating", "Lost"];
    private readonly TestJob _job = new();

    public void Dispose() => _job.Dispose();

    [SkippableFact]
    public void Each_is_what_the_customers_of_both_runs_come_to()
    {
        var file = Requires.Data("cdnow_sample.csv");
        foreach (var day in new[] { "1997-07-01", "1997-10-01" }) _job.Run(file, day, "cdnow", "clusters.replicates=1", "clusters.restarts=1", "migration.lookback=3m");
        var then = Customers("1997-07-01");
        var now = Customers("1997-10-01").ToDictionary(c => c.Id);

        Dictionary<string, string> expected = [];
        foreach (var group in then.GroupBy(c => c.Segment).Select(g => (Segment: g.Key, Customers: g.ToList())).Append((Segment: "NULL", Customers: then)))
        {
            var moves = group.Customers.ConvertAll(c => (Then: c, Now: now[c.Id]));
            var buyers = moves.Where(m => m.Now.Orders > m.Then.Orders).ToList();
            var orders = buyers.Sum(m => m.Now.Orders - m.Then.Orders);
            var value = orders == 0 ? (double?)null : (double)(buyers.Sum(m => m.Now.Money - m.Then.Money) / orders);
            void Add(string metric, double? v, int customers) => expected[$"{group.Segment}|{metric}|{customers}"] = v is null ? "NULL" : Text(v.Value);
            if (High.Contains(group.Segment)) Add("churn", moves.Count(m => AtRisk.Contains(m.Now.Segment)) / (double)moves.Count, moves.Count);
            if (AtRisk.Contains(group.Segment))
            {
                Add("reactivation_rate", buyers.Count / (double)moves.Count, moves.Count);
                Add("reactivated_order_value", value, buyers.Count);
            }
            Add("repeat_purchase_rate", buyers.Count / (double)moves.Count, moves.Count);
            Add("order_frequency", orders / (double)moves.Count, moves.Count);
            Add("average_order_value", value, buyers.Count);
            Add("clv_growth", (double)((moves.Sum(m => m.Now.Clv) / moves.Sum(m => m.Then.Clv)) - 1), moves.Count);
        }

        var rows = _job.Rows("segment_metrics", "segment, metric, customers, value", "WHERE as_of = DATE '1997-10-01' AND from_as_of = DATE '1997-07-01' AND scheme = 'rfm'").Select(r => r.Split('|'))
            .ToDictionary(c => $"{c[0]}|{c[1]}|{c[2]}", c => c[3] == "NULL" ? "NULL" : Text(double.Parse(c[3], CultureInfo.InvariantCulture)));
        Assert.Equal(expected.OrderBy(e => e.Key, StringComparer.Ordinal), rows.OrderBy(e => e.Key, StringComparer.Ordinal));
    }

    [Fact]
    public void What_was_ordered_since_is_counted_in_the_orders_as_they_are_now()
    {
        const string December = "A,2025-12-01,10\nB,2025-12-05,20\nVOID,2025-12-06,30\nVOID,2025-12-16,30\nLATE,2025-12-07,40\n";
        _job.Run(_job.Write("then.csv", "customer_id,order_date,amount\n" + December), "2026-01-01");

        // B and VOID order in January, and one of VOID's orders of December is taken back on its day; an order of LATE's in December arrives in January.
        _job.Run(_job.Write("now.csv", "customer_id,order_date,amount\n" + December + "B,2026-01-10,25\nVOID,2026-01-15,80\nVOID,2025-12-16,-30\nLATE,2025-12-20,50\n"), "2026-02-01");

        Assert.Equal(["published"], _job.Rows("segment_migration", "DISTINCT snapshot", "WHERE as_of = DATE '2026-02-01'"));
        Assert.Equal(["average_order_value|2|52.5", "order_frequency|4|0.5", "repeat_purchase_rate|4|0.5"],
            _job.Rows("segment_metrics", "metric, customers, value", "WHERE as_of = DATE '2026-02-01' AND segment IS NULL AND metric <> 'clv_growth'").Order(StringComparer.Ordinal));
    }

    [Fact]
    public void What_values_have_grown_by_is_not_told_where_they_are_not_known_any_more()
    {
        _job.Run(_job.Write("then.csv", "customer_id,order_date,amount\nA,2026-01-01,10\nA,2026-01-10,12\nB,2026-01-05,20\nC,2026-01-06,9\nC,2026-01-16,19\n"), "2026-02-01");
        // A window of the last weeks, in which nobody came back.
        _job.Run(_job.Write("now.csv", "customer_id,order_date,amount\nA,2026-01-10,12\nB,2026-01-05,20\nC,2026-01-16,19\n"), "2026-03-01");

        Assert.Equal(["3|0"], _job.Rows("customer_segments", "(SELECT COUNT(clv_12m) FROM customer_segments WHERE as_of = DATE '2026-02-01'), COUNT(clv_12m)", "WHERE as_of = DATE '2026-03-01'"));
        Assert.Equal(["NULL"], _job.Rows("segment_metrics", "DISTINCT value", "WHERE metric = 'clv_growth' AND as_of = DATE '2026-03-01'"));
    }

    [SkippableFact]
    public void What_customers_of_a_tier_return_on_what_they_cost_is_told_where_spend_is_known()
    {
        var lines = File.ReadLines(Requires.Data("cdnow_sample.csv")).Skip(1).Select(line => line.Split(',')).Select(c => $"{c[1]},{c[2]},{c[4]},shop\n");
        _job.Run(_job.Write("orders.csv", "customer_id,order_date,amount,channel\n" + string.Concat(lines)), "1997-10-01", null, "orders.columns.channel=channel",
            "channels.spendFile=" + _job.Write("spend.csv", "channel,month,spend\nshop,1997-01,10000\n"), "clv.margin=0.5", "clusters.replicates=1", "clusters.restarts=1");

        // Who came in January cost as much as the next; each is worth half of what it bought, and its CLV.
        const string January = "WHERE first_order < DATE '1997-02-01'";
        var came = int.Parse(_job.Rows("customer_segments", "COUNT(*)", January).Single(), CultureInfo.InvariantCulture);
        var expected = _job.Rows(
            "customer_segments",
            $"clv_tier, CAST(SUM(monetary * 0.5 + clv_12m) AS DOUBLE) / COUNT(*) / 10000 * {came} - 1",
            January + " GROUP BY 1 ORDER BY 1").ConvertAll(Rounded);
        Assert.Equal(4, expected.Count);
        Assert.Equal(expected, _job.Rows("segment_metrics", "segment, value", "WHERE metric = 'marketing_roi' AND scheme = 'clv_tier' ORDER BY segment").ConvertAll(Rounded));
    }

    private static string Rounded(string row) => $"{row.Split('|')[0]}|{Text(double.Parse(row.Split('|')[1], CultureInfo.InvariantCulture))}";

    private static string Text(double value) => value.ToString("F9", CultureInfo.InvariantCulture);

    private List<Customer> Customers(string day) => _job.Rows("customer_segments", "customer_id, segment, frequency, monetary, clv_12m", $"WHERE as_of = DATE '{day}'").Select(r => r.Split('|'))
        .Select(c => new Customer(
            c[0], c[1], int.Parse(c[2], CultureInfo.InvariantCulture), decimal.Parse(c[3], CultureInfo.InvariantCulture),
            decimal.Parse(c[4], CultureInfo.InvariantCulture))).ToList();

    private sealed record Customer(string Id, string Segment, int Orders, decimal Money, decimal Clv);
}
