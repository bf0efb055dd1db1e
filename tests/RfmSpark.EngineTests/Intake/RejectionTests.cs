using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using RfmSpark.Numerics;

namespace RfmSpark.EngineTests.Intake;

/// <summary>Every row is an order line, or is rejected for a reason.</summary>
public sealed class RejectionTests : IDisposable
{
    private const string Header = "customer_id,order_date,amount\n";
    private readonly TestJob _job = new();

    public void Dispose() => _job.Dispose();

    [Theory]
    [InlineData(",2026-01-01,10", "missing_customer")]
    [InlineData("   ,2026-01-01,10", "missing_customer")]
    [InlineData("NULL,2026-01-01,10", "missing_customer")]
    [InlineData("A,,10", "unreadable_date")]
    [InlineData("A,2026-02-30,10", "unreadable_date")]
    [InlineData("A,01/02/2026,10", "unreadable_date")]
    [InlineData("A,20260101,10", "unreadable_date")]
    [InlineData("A,9999-12-31,10", "unreadable_date")]
    [InlineData("A,0000-01-01,10", "unreadable_date")]
    [InlineData("A,2026-01-01 soon!,10", "unreadable_date")]
    [InlineData("A,2026-01-01,", "absent_amount")]
    [InlineData("A,2026-01-01,NA", "absent_amount")]
    [InlineData("A,2026-01-01,ten", "unreadable_amount")]
    [InlineData("A,2026-01-01,\"1,000\"", "unreadable_amount")]
    [InlineData("A,2026-01-01,\"1,00.50\"", "unreadable_amount")]
    [InlineData("A,2026-01-01,\"1.000,50\"", "unreadable_amount")]
    [InlineData("A,2026-01-01,0x10", "unreadable_amount")]
    [InlineData("A,2026-01-01,1e99", "unreadable_amount")]
    [InlineData("A,2026-01-01,99999999999999999999", "unreadable_amount")]
    [InlineData("A,2026-01-01", "wrong_column_count")]
    [InlineData("A,2026-01-01,10,11", "wrong_column_count")]
    [InlineData("A,2026-01-01,\"10", "unreadable_record")]
    public void A_bad_row_has_its_reason(string line, string reason)
    {
        _job.Run(_job.Write("orders.csv", Header + "GOOD,2026-01-01,1\n" + line + "\n"), null, null, "orders.maxBadRows=1");

        Assert.Equal([reason + "|1|1"], _job.Rows("orders_rejected", "reason, lines, sample"));
        Assert.Equal(["2|1|1"], _job.Rows("runs", "rows_in, rows_kept, rows_rejected"));
    }

    [Fact]
    public void Bytes_that_are_no_text_are_rejected_with_their_reason()
    {
        _job.Run(_job.Write("orders.csv", [.. Encoding.UTF8.GetBytes(Header + "GOOD,2026-01-01,1\n"), (byte)'A', 0xFF, 0xFE, .. Encoding.UTF8.GetBytes(",2026-01-01,10\nALSO,2026-01-02,3\n")]),
            null, null, "orders.maxBadRows=1");

        Assert.Equal(["bad_encoding|1"], _job.Rows("orders_rejected", "reason, lines"));
        Assert.Equal(["3|2|1"], _job.Rows("runs", "rows_in, rows_kept, rows_rejected"));
    }

    [Fact]
    public void Rows_in_are_rows_kept_and_rows_rejected_whatever_the_file_holds()
    {
        var random = new Pcg32(11);
        string[] customers = ["A", "B", "", "NA", "\"q,q\"", "É", "C\""], days = ["2026-01-01", "2026-01-05", "", "soon", "2026-13-01"];
        string[] amounts = ["1", "-2", "", "x", "3.999999999", "1,2", "\"4\""];
        for (var round = 0; round < 25; round++)
        {
            // A quote that is nowhere closed may swallow lines; without one each line is a record.
            var isTorn = round % 5 == 0;
            var lines = Enumerable.Range(0, 40).Select(_ => $"{Pick(isTorn ? customers : customers[..^1])},{Pick(days)},{Pick(amounts)}").ToList();
            var path = _job.Write($"orders{round.ToString(CultureInfo.InvariantCulture)}.csv", Header + "GOOD,2026-01-01,1\n" + string.Join('\n', lines) + "\n");
            using var engine = new DuckDbEngine();

            var read = RfmSpark.Intake.Orders.Load(engine, TestJob.Config(["orders.maxBadRows=100%"]).Orders, [path]);

            Assert.Equal(read.Rows, read.Kept + read.Rejected.Values.Sum());
            Assert.Equal(read.Kept, engine.Read(Sql.Inline("SELECT CAST(SUM(lines) AS BIGINT) FROM day_sums"), row => row.Long(0)).Single());
            if (!isTorn) Assert.Equal(41, read.Rows);
        }

        string Pick(string[] values) => values[random.NextUInt() % (uint)values.Length];
    }

    [Fact]
    public void A_quote_that_does_not_end_loses_as_many_rows_as_it_swallows()
    {
        var good = string.Concat(Enumerable.Range(0, 300).Select(i => $"C{i.ToString(CultureInfo.InvariantCulture)},2026-01-01,1\n"));
        var path = _job.Write("orders.csv", Header + good + "A,2026-01-01,\"10\n" + good);

        Assert.Contains("unreadable_record: 301", Assert.Throws<DataFault>(() => _job.Run(path)).Message, StringComparison.Ordinal);
        _job.Run(path, null, null, "orders.maxBadRows=301");
        Assert.Equal(["601|300|301"], _job.Rows("runs", "rows_in, rows_kept, rows_rejected"));
    }

    [Fact]
    public void Too_many_bad_rows_stop_the_run_before_anything_is_published()
    {
        var path = _job.Write("orders.csv", Header + "A,2026-01-01,1\n,2026-01-01,2\n,2026-01-02,3\n,2026-01-03,4\n,2026-01-04,5\nB,soon,6\n");

        var fault = Assert.Throws<DataFault>(() => _job.Run(path, null, null, "orders.maxBadRows=50%"));

        Assert.Equal(3, fault.ExitCode);
        Assert.StartsWith($"orders: 5 of 6 rows of {path} cannot be used; allowed is orders.maxBadRows = 50%. Nothing was published.", fault.Message, StringComparison.Ordinal);
        Assert.Contains("missing_customer: 4", fault.Message, StringComparison.Ordinal);
        Assert.Contains("unreadable_date: 1", fault.Message, StringComparison.Ordinal);
        Assert.Equal(4, fault.Message.Split("orders.csv: ").Length - 1);   // three samples of one reason, one of the other
        Assert.False(Directory.Exists(_job.Output));
    }

    [Fact]
    public void As_many_bad_rows_as_allowed_do_not() =>
        Assert.Equal(1, _job.Run(_job.Write("orders.csv", Header + "A,2026-01-01,1\n,2026-01-01,2\n"), null, null, "orders.maxBadRows=50%").Customers);

    [Fact]
    public void Lines_after_the_day_are_counted_and_not_seen()
    {
        _job.Run(_job.Write("orders.csv", Header + "A,2026-01-01,1\nA,2026-01-10,2\nB,2026-01-11,4\n"), "2026-01-10", null, "orders.maxBadRows=0");

        Assert.Equal(["A|0|2|3.00"], _job.Rows("customer_segments", "customer_id, recency_days, frequency, monetary"));
        Assert.Equal(["after_as_of|1|0|NULL"], _job.Rows("orders_rejected", "reason, lines, sample, content"));
        Assert.Equal(["3|2|1"], _job.Rows("runs", "rows_in, rows_kept, rows_rejected"));
    }

    [Fact]
    public void Repeated_lines_are_kept_and_counted_or_rejected()
    {
        var path = _job.Write("orders.csv", "customer_id,order_date,amount,sku\nA,2026-01-01,1,x\nA,2026-01-01,1,x\nA,2026-01-01,1,x\nA,2026-01-01,1,y\n");

        _job.Run(path);
        Assert.Equal(["4.00|4"], _job.Rows("customer_segments", "monetary, frequency"));
        Assert.Equal(["4|2"], _job.Rows("runs", "rows_kept, rows_repeated"));

        _job.Run(path, null, null, "orders.duplicates=reject", "orders.maxBadRows=0");
        Assert.Equal(["2.00|2"], _job.Rows("customer_segments", "monetary, frequency"));
        Assert.Equal(["exact_duplicate|2"], _job.Rows("orders_rejected", "DISTINCT reason, lines"));
        Assert.Equal(["4|2|2"], _job.Rows("runs", "rows_in, rows_kept, rows_rejected"));
    }

    [Fact]
    public void Commas_between_thousands_are_passed_over_where_no_decimals_can_follow_them()
    {
        _job.Run(_job.Write("orders.csv", Header + "A,2026-01-01,\"1,000.50\"\nB,2026-01-01,\"+12,345,678\"\nC,2026-01-01,\"2,000,000.25\"\nC,2026-01-01,\"-1,000.0\"\n"));

        Assert.Equal(["A|1000.50", "B|12345678.00", "C|1999000.25"], _job.Rows("customer_segments", "customer_id, monetary", "ORDER BY customer_id"));
    }

    [Fact]
    public void A_number_with_an_exponent_is_what_it_says()
    {
        // What a sum that came to nothing looks like; one that is too large; one whose digits alone would be.
        _job.Run(
            _job.Write(
                "orders.csv",
                Header
                + "Ghost,2026-01-01,5.551115123125783e-17\nA,2026-01-01,1.25e2\nB,2026-01-01,9505761216573E-3\n"
                + "C,2026-01-01,4537020.45991786E+6\nD,2026-01-01,-2E1\nD,2026-01-01,5e+1\n"),
            null, null, "orders.maxBadRows=1");

        Assert.Equal(["A|125.00", "B|9505761216.57", "D|30.00"], _job.Rows("customer_segments", "customer_id, monetary", "ORDER BY customer_id"));
        Assert.Equal(["unreadable_amount|1"], _job.Rows("orders_rejected", "DISTINCT reason, lines"));
        Assert.Equal(["1"], _job.Rows("runs", "customers_without_purchase"));
    }

    [Fact]
    public void Orders_in_several_currencies_are_refused()
    {
        var path = _job.Write("orders.csv", "customer_id,order_date,amount,cur\nA,2026-01-01,1,EUR\nB,2026-01-01,1,GBP\nC,2026-01-01,1,eur\n");

        Assert.Contains("2 currencies (EUR: 2 lines, GBP: 1 lines)", Assert.Throws<DataFault>(() => _job.Run(path, null, null, "orders.columns.currency=cur")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Lines_that_name_no_currency_are_in_none_besides()
    {
        _job.Run(
            _job.Write(
                "orders.csv", "customer_id,order_date,amount,cur\nA,2026-01-01,1,EUR\nB,2026-01-01,1,NULL\nC,2026-01-01,1,\nD,2026-01-01,1, EUR \n"),
            null, null, "orders.columns.currency=cur");

        Assert.Equal(["4"], _job.Rows("runs", "rows_kept"));
    }

    [Theory]
    [InlineData("eur", "EUR")]
    [InlineData("euros", null)]
    public void The_page_takes_the_currency_of_the_orders_if_it_is_a_code(string written, string? told)
    {
        _job.Run(_job.Write("orders.csv", $"customer_id,order_date,amount,cur\nA,2026-01-01,1234,{written}\n"), null, null, "orders.columns.currency=cur");

        var configuration = JsonNode.Parse(_job.Rows("runs", "configuration")[0])!;
        Assert.Equal(told, configuration["report"]!["currency"]?.ToString());
    }

    [Fact]
    public void Orders_in_another_currency_than_the_page_is_told_are_refused()
    {
        var path = _job.Write("orders.csv", "customer_id,order_date,amount,cur\nA,2026-01-01,1,USD\n");

        var refused = Assert.Throws<DataFault>(() => _job.Run(path, null, null, "orders.columns.currency=cur", "report.currency=EUR"));
        Assert.Contains("the lines are in USD, but report.currency is EUR", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void No_more_than_a_thousand_samples_of_a_reason_are_kept()
    {
        _job.Run(
            _job.Write(
                "orders.csv",
                Header + "A,2026-01-01,1\n"
                + string.Concat(Enumerable.Range(0, 1500).Select(i => $",2026-01-01,{i.ToString(CultureInfo.InvariantCulture)}\n"))),
            null, null, "orders.maxBadRows=100%");

        Assert.Equal(["missing_customer|1500|1000"], _job.Rows("orders_rejected", "reason, MAX(lines), COUNT(*)", "GROUP BY reason"));
    }
}
