using System.Globalization;
using RfmSpark.Rfm;

namespace RfmSpark.EngineTests.Rfm;

/// <summary>Recency, frequency, monetary and segments by small cases.</summary>
public sealed class SegmentsTests : IDisposable
{
    private readonly TestJob _job = new();

    public void Dispose() => _job.Dispose();

    [Fact]
    public void A_day_that_nets_to_nothing_is_no_purchase_day_but_its_money_counts()
    {
        var path = _job.Write("orders.csv", """
            order,customer_id,order_date,amount
            1,A,2026-01-01,100
            2,A,2026-01-05,20
            3,A,2026-01-05,-20
            4,A,2026-01-07,-30
            5,B,2026-01-02,-5
            6,C,2026-01-03,10
            7,C,2026-01-03,-4
            """);
        _job.Run(path, "2026-01-10", null, "orders.columns.order_id=order");

        Assert.Equal(["A|2026-01-01|2026-01-01|9|1|70.00|70.00", "C|2026-01-03|2026-01-03|7|1|6.00|6.00"],
            _job.Rows("customer_segments", "customer_id, first_order, last_order, recency_days, frequency, monetary, avg_order_value", "ORDER BY customer_id"));
        Assert.Equal(["2|1"], _job.Rows("runs", "customers, customers_without_purchase"));

        _job.Run(path, "2026-01-10", null, "orders.columns.order_id=order", "orders.returns=gross");
        Assert.Equal(["A|2026-01-05|5|2|120.00", "C|2026-01-03|7|1|10.00"], _job.Rows("customer_segments", "customer_id, last_order, recency_days, frequency, monetary", "ORDER BY customer_id"));
    }

    [Fact]
    public void Frequency_counts_orders_lines_or_days()
    {
        var path = _job.Write("orders.csv", "order,customer_id,order_date,amount\n1,A,2026-01-01,1\n1,A,2026-01-01,2\n2,A,2026-01-01,3\n3,A,2026-01-02,4\n");

        Assert.Equal("3", FrequencyOf("orders.columns.order_id=order"));
        Assert.Equal("4", FrequencyOf("rfm.bins=5"));
        Assert.Equal("2", FrequencyOf("rfm.frequency=days"));

        string FrequencyOf(string setting)
        {
            _job.Run(path, null, null, setting);
            return _job.Rows("customer_segments", "frequency").Single();
        }
    }

    [Fact]
    public void A_line_without_an_order_id_is_an_order_of_its_own()
    {
        _job.Run(
            _job.Write(
                "orders.csv",
                "order,customer_id,order_date,amount\n,A,2026-01-01,1\n,A,2026-01-01,2\n,A,2026-01-01,-1\n7,A,2026-01-01,3\n7,A,2026-01-01,4\n"),
            null, null, "orders.columns.order_id=order");

        Assert.Equal(["3|9.00"], _job.Rows("customer_segments", "frequency, monetary"));
    }

    [Fact]
    public void Late_returns_are_counted_also_where_returns_are_passed_over()
    {
        _job.Run(
            _job.Write(
                "orders.csv", "customer_id,order_date,amount\nA,2026-01-01,1\nA,2026-01-01,-1\nA,2026-02-01,5\nA,2026-02-02,-5\nB,2026-01-01,-2\n"),
            "2026-01-15", null, "orders.returns=gross");

        Assert.Equal(["5|3|2|1|1"], _job.Rows("runs", "rows_in, rows_kept, rows_rejected, customers, customers_without_purchase"));
        Assert.Equal(["A|1|1.00"], _job.Rows("customer_segments", "customer_id, frequency, monetary"));
    }

    [Fact]
    public void Every_customer_has_one_segment_and_the_summaries_add_up_to_all()
    {
        _job.Run(Random(2000));

        var all = _job.Rows("customer_segments", "COUNT(*), COUNT(DISTINCT customer_id), SUM(monetary)").Single().Split('|');
        Assert.Equal(all[0], all[1]);
        foreach (var scheme in new[] { "rfm", "value_segment", "sub_segment" })
            Assert.Equal(
                [$"{all[0]}|{all[2]}|1|1"],
                _job.Rows(
                    "segment_summary",
                    "CAST(SUM(customers) AS BIGINT), SUM(revenue), ROUND(SUM(share),9), ROUND(SUM(revenue_share),9)",
                    $"WHERE scheme = '{scheme}'"));
        Assert.Equal(
            _job.Rows(
                "customer_segments",
                "segment, COUNT(*), CAST(MEDIAN(CAST(monetary*1000 AS BIGINT))/1000+1e-7 AS DECIMAL(18,2)), AVG(recency_days)",
                "GROUP BY segment ORDER BY segment"),
            _job.Rows("segment_summary", "segment, customers, monetary_median, recency_mean", "WHERE scheme = 'rfm' ORDER BY segment"));
    }

    [Theory]
    [InlineData("eleven-segments", 5)]
    [InlineData("all-u-need-mart", 5)]
    [InlineData("rf-grid", 5)]
    [InlineData("r-fm-grid", 5)]
    [InlineData("klaviyo", 3, "rfm.recencyThresholds=180,365")]
    public void A_customers_segment_is_that_of_its_cell(string legend, int bins, params string[] more)
    {
        _job.Run(Random(500), "2026-01-01", null, [$"rfm.legend={legend}", $"rfm.bins={bins}", .. more]);
        var shipped = SegmentsFile.Read(Path.Combine(Checkout.Conf, "segments.json")).Legends[legend];

        foreach (var row in _job.Rows("customer_segments", "r, f, m, rfm_cell, rfm_score, segment").Select(r => r.Split('|')))
        {
            var cell = new Cell(int.Parse(row[0], null), int.Parse(row[1], null), int.Parse(row[2], null));
            Assert.Equal([cell.ToString(), $"{cell.R + cell.F + cell.M}.00", shipped.SegmentOf(cell)], row[3..]);
        }
    }

    [Fact]
    public void Klaviyos_recency_is_cut_at_180_and_365_days()
    {
        _job.Run(_job.Write("orders.csv", "customer_id,order_date,amount\nA,2026-01-01,1\nB,2025-07-05,1\nC,2025-07-04,1\nD,2025-01-01,1\nE,2024-12-31,1\n"), "2026-01-01",
            null, "rfm.legend=klaviyo", "rfm.bins=3", "rfm.recencyThresholds=180,365");

        Assert.Equal(["A|0|3", "B|180|3", "C|181|2", "D|365|2", "E|366|1"], _job.Rows("customer_segments", "customer_id, recency_days, r", "ORDER BY customer_id"));
    }

    [Fact]
    public void Ten_bins_are_scored_one_to_ten()
    {
        var path = _job.Write(
            "segments.json",
            File.ReadAllText(Path.Combine(Checkout.Conf, "segments.json")).Replace(
                "\"klaviyo\": {\n      \"bins\": 3", "\"klaviyo\": {\n      \"bins\": 10,\n      \"rest\": \"Rest\"", StringComparison.Ordinal));
        _job.Run([Random(500)], "2026-01-01", TestJob.Config(["rfm.bins=10", "rfm.legend=klaviyo"]), SegmentsFile.Read(path));

        Assert.Equal(["1|10|10"], _job.Rows("customer_segments", "MIN(m), MAX(m), COUNT(DISTINCT m)"));
        Assert.Contains("A", string.Concat(_job.Rows("customer_segments", "rfm_cell")), StringComparison.Ordinal);
    }

    [Fact]
    public void Weights_make_the_score()
    {
        _job.Run(Random(50), "2026-01-01", null, "rfm.weights.recency=2", "rfm.weights.frequency=0.5", "rfm.weights.monetary=0");

        Assert.Equal(["0"], _job.Rows("customer_segments", "COUNT(*)", "WHERE rfm_score <> 2 * r + 0.5 * f"));
    }

    [Fact]
    public void One_customer_is_a_result_without_a_division_by_zero()
    {
        _job.Run(_job.Write("orders.csv", "customer_id,order_date,amount\nA,2026-01-01,1\n"));

        Assert.Equal(["5|1|1|0|0|6"], _job.Rows("customer_segments", "r, f, m, composite_score, overall_score, quartile_score"));
    }

    [Fact]
    public void The_overall_score_adds_three_natural_classes()
    {
        // Four clear groups in each measure: the best in all three is 9, the worst 0.
        _job.Run(_job.Write("orders.csv", "customer_id,order_date,amount\n" + string.Concat(Enumerable.Range(0, 4).Select(g =>
            string.Concat(Enumerable.Repeat($"C{g},2025-{1 + (3 * g):00}-01,{Math.Pow(10, g)}\n", 1 + (5 * g)))))), "2026-01-01");

        Assert.Equal(["C0|0|Low Value", "C1|3|Low Value", "C2|6|Mid Value", "C3|9|High Value"], _job.Rows("customer_segments", "customer_id, overall_score, value_segment", "ORDER BY customer_id"));
    }

    [Fact]
    public void The_edges_of_quartiles_are_quantiles_of_type_7()
    {
        _job.Run(_job.Write("orders.csv", "customer_id,order_date,amount\nA,2026-01-01,10\nB,2026-01-02,20\nC,2026-01-03,30\nD,2026-01-04,40\n"), "2026-01-05");

        Assert.Equal(["17.5", "25", "32.5", "NULL"], _job.Rows("score_bands", "upper_edge", "WHERE scheme = 'quartile' AND measure = 'monetary' ORDER BY score"));
    }

    [SkippableFact]
    public void Personas_are_told_by_tier_and_segments_by_store()
    {
        var file = Requires.Data("completejourney_transactions_sample.csv.gz");
        _job.Run(file, "2018-01-01", "completejourney", "clusters.replicates=1", "clusters.restarts=1");
        var customers = _job.Rows("customer_segments", "customer_id, persona, clv_tier, segment, monetary").Select(r => r.Split('|')).ToDictionary(c => c[0]);

        Assert.Equal(customers.Values.GroupBy(c => $"{c[1]}|{c[2]}").Select(g => $"{g.Key}|{g.Count()}|{g.Sum(c => decimal.Parse(c[4], CultureInfo.InvariantCulture))}").Order(StringComparer.Ordinal),
            _job.Rows("segment_summary", "segment, part, customers, revenue", "WHERE scheme = 'persona_clv_tier'").Order(StringComparer.Ordinal));

        // A customer's store is the one that it has spent most in, of equals the first by name.
        using var reader = new StreamReader(new System.IO.Compression.GZipStream(File.OpenRead(file), System.IO.Compression.CompressionMode.Decompress));
        reader.ReadLine();
        Dictionary<(string Customer, string Store), decimal> spent = [];
        while (reader.ReadLine()?.Split(',') is { } c) spent[(c[0], c[1])] = spent.GetValueOrDefault((c[0], c[1])) + decimal.Parse(c[5], NumberStyles.Float, CultureInfo.InvariantCulture);
        var stores = spent.Where(s => customers.ContainsKey(s.Key.Customer)).GroupBy(s => s.Key.Customer)
            .Select(g => (Customer: g.Key, g.OrderByDescending(s => s.Value).ThenBy(s => s.Key.Store, StringComparer.Ordinal).First().Key.Store))
            .ToList();
        Assert.Equal(
            stores.GroupBy(s => s.Store).Select(g => $"{g.Key}|NULL|{g.Count()}").Order(StringComparer.Ordinal),
            _job.Rows("segment_summary", "segment, part, customers", "WHERE scheme = 'store'").Order(StringComparer.Ordinal));
        Assert.Equal(
            stores.GroupBy(s => $"{s.Store}|{customers[s.Customer][3]}").Select(g => $"{g.Key}|{g.Count()}").Order(StringComparer.Ordinal),
            _job.Rows("segment_summary", "segment, part, customers", "WHERE scheme = 'store_rfm'").Order(StringComparer.Ordinal));
        Assert.All(_job.Rows("segment_summary", "ABS(SUM(share) - 1) < 1e-9", "GROUP BY scheme"), sum => Assert.Equal("True", sum));
    }

    private string Random(int customers)
    {
        var orders = new RfmSpark.Simulation.OrderSimulator().Orders(customers, 700, 5);
        return _job.Write(
            "orders.csv",
            "customer_id,order_date,amount\n"
            + string.Concat(
                orders.Select(o => string.Create(
                    System.Globalization.CultureInfo.InvariantCulture,
                    $"C{o.Customer},{new DateOnly(2024, 1, 1).AddDays(o.Day):yyyy-MM-dd},{o.Amount}\n"))));
    }
}
