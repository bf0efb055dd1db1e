namespace RfmSpark.EngineTests.Intake;

/// <summary>The other formats: Parquet, JSON lines, Delta.</summary>
public sealed class FormatTests : IDisposable
{
    private static readonly string[] Expected = ["17850|2026-01-01|2026-01-03|2|15.00", "9|2026-01-02|2026-01-02|1|20.50"];
    private readonly TestJob _job = new();

    public void Dispose() => _job.Dispose();

    [Theory]
    [InlineData("CAST(c AS VARCHAR)", "CAST(d AS DATE)", "CAST(a AS DECIMAL(10,2))")]
    [InlineData("CAST(c AS BIGINT)", "CAST(d AS TIMESTAMP)", "CAST(a AS DOUBLE)")]
    [InlineData("CAST(c AS DOUBLE)", "CAST(d AS TIMESTAMPTZ)", "CAST(a AS VARCHAR)")]
    [InlineData("CAST(c AS INTEGER)", "CAST(d AS VARCHAR)", "CAST(a AS DECIMAL(38,10))")]
    [InlineData("CAST(c AS UBIGINT)", "CAST(d AS TIMESTAMP_NS)", "CAST(a AS FLOAT)")]
    [InlineData("CAST(c AS HUGEINT)", "CAST(d AS TIMESTAMP_MS)", "CAST(CAST(a AS VARCHAR) AS VARCHAR)")]
    public void Parquet_is_read_whatever_its_types(string customer, string day, string amount)
    {
        var path = Path.Combine(_job.Folder, "orders.parquet");
        using (var engine = new DuckDbEngine())
            engine.Export(
                Sql.Inline(
                    $"SELECT {customer} AS customer_id, {day} AS order_date, {amount} AS amount "
                    + $"FROM (VALUES (17850, '2026-01-01', 10), (9, '2026-01-02', 20.50), (17850, '2026-01-03', 5)) AS t(c, d, a)"),
                path);

        _job.Run(path);

        Assert.Equal(Expected, Segments());
    }

    [Fact]
    public void Missing_values_in_Parquet_are_rejected_each_with_its_reason()
    {
        var path = Path.Combine(_job.Folder, "orders.parquet");
        using (var engine = new DuckDbEngine())
            engine.Export(
                Sql.Inline(
                    "SELECT c AS customer_id, CAST(d AS DATE) AS order_date, CAST(a AS DOUBLE) AS amount "
                    + "FROM (VALUES ('A', '2026-01-01', '1'), (NULL, '2026-01-02', '1'), ('  ', '2026-01-02', '1'), "
                    + "('B', NULL, '5'), ('C', '2026-01-03', NULL), ('D', '2026-01-03', 'nan')) AS t(c, d, a)"),
                path);

        _job.Run(path, null, null, "orders.maxBadRows=5");

        Assert.Equal(["absent_amount|1", "missing_customer|2", "unreadable_amount|1", "unreadable_date|1"], _job.Rows("orders_rejected", "DISTINCT reason, lines", "ORDER BY reason"));
    }

    [Theory]
    [InlineData("orders.parquet")]
    [InlineData("orders.csv")]
    public void Names_without_a_letter_are_none_in_any_format(string file)
    {
        var path = Path.Combine(_job.Folder, file);
        using (var engine = new DuckDbEngine())
        {
            engine.Export(
                Sql.Inline(
                    "SELECT 'A' AS customer_id, DATE '2026-01-01' AS order_date, 1 AS amount, x AS till, x AS via "
                    + "FROM (VALUES (''), (' '), ('   '), ('')) AS t(x)"),
                Path.Combine(_job.Folder, "orders.parquet"));
            _job.Write("orders.csv", "customer_id,order_date,amount,till,via\n" + string.Concat(new[] { "", " ", "   ", "" }.Select(blank => $"A,2026-01-01,1,\"{blank}\",\"{blank}\"\n")));
        }

        _job.Run(path, null, null, "orders.columns.order_id=till", "orders.columns.channel=via", "orders.columns.store=via");

        Assert.Equal(["4|4.00"], _job.Rows("customer_segments", "frequency, monetary"));
        Assert.Equal(["(unknown)|1"], _job.Rows("channel_performance", "channel, customers", "WHERE segment IS NULL"));
    }

    [Fact]
    public void Amounts_may_be_text_in_one_file_of_Parquet_and_numbers_in_the_next()
    {
        foreach (var (i, amount) in new[] { "'10.5'", "CAST(2.25 AS DOUBLE)" }.Index())
        {
            using var engine = new DuckDbEngine();
            engine.Export(Sql.Inline($"SELECT 'A' AS customer_id, DATE '2026-01-01' AS order_date, {amount} AS amount"), Path.Combine(_job.Folder, $"orders{i}.parquet"));
        }

        _job.Run(Path.Combine(_job.Folder, "*.parquet"));

        Assert.Equal(["12.75"], _job.Rows("customer_segments", "monetary"));
    }

    [Theory]
    [InlineData(false, "CAST(17850 AS BIGINT)", "'17850'", "'17850'")]
    [InlineData(true, "CAST(17850 AS BIGINT)", "'17850'", "CAST(17850 AS DOUBLE)")]
    [InlineData(true, "'17850'", "CAST(17850 AS DECIMAL(10, 2))")]
    [InlineData(false, "CAST(17850 AS BIGINT)", "CAST(17850 AS DOUBLE)")]
    [InlineData(false, "'17850'", "CAST(NULL AS DOUBLE)", "'17850'")]
    [InlineData(false, "'17850'", "'17850'", "'17850' AS customer_id, {'customer_id': 1.5} AS buyer, 'x'")]
    public void Ids_of_Parquet_files_are_united_where_they_stay_the_same(bool isRefused, params string[] ids)
    {
        foreach (var (i, id) in ids.Index())
        {
            using var engine = new DuckDbEngine();
            engine.Export(
                Sql.Inline(
                    $"SELECT {id} AS {(id.Contains("buyer", StringComparison.Ordinal) ? "note" : "customer_id")}, "
                    + $"DATE '2026-01-01' AS order_date, 1 AS amount"),
                Path.Combine(_job.Folder, $"orders{i}.parquet"));
        }
        var run = () => _job.Run(Path.Combine(_job.Folder, "*.parquet"), null, null, "orders.maxBadRows=1");

        if (isRefused) Assert.Contains("are not the same ids", Assert.Throws<DataFault>(run).Message, StringComparison.Ordinal);
        else run();
        if (!isRefused) Assert.Equal(["17850"], _job.Rows("customer_segments", "customer_id"));
    }

    [Fact]
    public void Blanks_after_a_currency_are_no_part_of_it()
    {
        var path = Path.Combine(_job.Folder, "orders.parquet");
        using (var engine = new DuckDbEngine())
            engine.Export(Sql.Inline("SELECT 'A' AS customer_id, DATE '2026-01-01' AS order_date, 1 AS amount, cur FROM (VALUES ('EUR'), ('EUR  '), ('   ')) AS t(cur)"), path);

        Assert.Equal(1, _job.Run(path, null, null, "orders.columns.currency=cur").Customers);
    }

    [Fact]
    public void Json_lines_are_read_by_key()
    {
        var path = _job.Write("orders.jsonl", """
            {"customer_id": 17850, "order_date": "2026-01-01", "amount": 10, "nested": {"a": [1]}}
            {"amount": "20.50", "order_date": "2026-01-02T00:00:00", "customer_id": "9"}

            {"customer_id": "17850", "order_date": "2026-01-03", "amount": 5}
            """);

        _job.Run(path);

        Assert.Equal(Expected, Segments());
    }

    [Fact]
    public void A_line_that_is_no_JSON_object_is_rejected_whole()
    {
        var path = _job.Write(
            "orders.jsonl",
            "{\"customer_id\": \"A\", \"order_date\": \"2026-01-01\", \"amount\": 1}\n"
            + "{\"customer_id\": \"B\", \n[1, 2]\n"
            + "{\"customer_id\": null, \"order_date\": \"2026-01-01\", \"amount\": 1}\n");

        _job.Run(path, null, null, "orders.maxBadRows=3");

        Assert.Equal(["missing_customer|1", "unreadable_record|1", "unreadable_record|2"], _job.Rows("orders_rejected", "reason, sample", "ORDER BY reason, sample"));
        Assert.Contains("{\"customer_id\": \"B\",", _job.Rows("orders_rejected", "TRIM(content)"));
    }

    [Fact]
    public void Bytes_that_are_no_text_reject_a_line_and_not_the_file()
    {
        byte[] bad = [.. "{\"customer_id\": \""u8, 0xFF, .. "\", \"order_date\": \"2026-01-01\", \"amount\": 1}\n"u8];
        _job.Run(_job.Write("orders.jsonl", [.. "{\"customer_id\": \"A\", \"order_date\": \"2026-01-01\", \"amount\": 1}\n"u8, .. bad]), null, null, "orders.maxBadRows=1");

        Assert.Equal(["bad_encoding|1"], _job.Rows("orders_rejected", "reason, lines"));
    }

    [Fact]
    public void A_published_table_can_be_the_orders_of_another_run()
    {
        _job.Run(_job.Write("orders.csv", "customer_id,order_date,amount\nA,2026-01-01,10\nB,2026-01-02,20.50\n"));
        using var second = new TestJob();

        second.Run(Path.Combine(_job.Output, "customer_segments"), null, null, "orders.columns.order_date=last_order", "orders.columns.amount=monetary");

        Assert.Equal(["A|10.00", "B|20.50"], second.Rows("customer_segments", "customer_id, monetary", "ORDER BY customer_id"));
    }

    [Theory]
    [InlineData(10)]
    [InlineData(200_000)]
    public void A_quote_that_does_not_end_in_the_header_is_refused(int lines)
    {
        var path = _job.Write("orders.csv", "customer_id,order_date,amount,size\"\n" + string.Concat(Enumerable.Repeat("A,2026-01-01,1,2\n", lines)));

        Assert.Contains("a quote in the header line of ", Assert.Throws<DataFault>(() => _job.Run(path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_backslash_before_what_looks_like_a_number_is_a_backslash()
    {
        _job.Run(_job.Write("orders.jsonl", """
            {"customer_id":"a\\x01b","order_date":"2026-01-01","amount":2}
            {"customer_id":"c","order_date":"2026-01-01","amount":3}

            """));

        Assert.Equal(["a\\x01b|2.00", "c|3.00"], _job.Rows("customer_segments", "customer_id, monetary", "ORDER BY customer_id"));
    }

    private List<string> Segments() => _job.Rows("customer_segments", "customer_id, first_order, last_order, frequency, monetary", "ORDER BY customer_id");
}
