using RfmSpark.Intake;

namespace RfmSpark.EngineTests.Spark;

/// <summary>Files hold the same records on Spark as on the engine in the process, whatever is wrong with them.</summary>
[Collection("Spark")]
public sealed class SparkFormatTests(SparkFixture fixture) : FilesOnBothEngines(fixture)
{
    [SkippableFact]
    public void Files_of_one_delivery_may_differ_in_the_order_of_their_columns()
    {
        Job.Write("a.csv", Header + "A,2025-12-31,1\n");
        Job.Write("b.csv", "extra,amount,order_date,customer_id\nx,2,2025-12-30,B\n");

        foreach (var engine in Engines())
            using (engine) Assert.Equal(["A|1", "B|1"], Lines(engine, ["a.csv", "b.csv"]));
    }

    [SkippableFact]
    public void Bad_rows_are_rejected_for_the_same_reasons()
    {
        Job.Write("bad.csv", [.. System.Text.Encoding.UTF8.GetBytes(Header + """
            GOOD,2026-01-01,1
            GOOD,2026-01-01,1
            "q ""x"", y", 2026-01-02 , 1e1
            Z,2026-02-28T23:59:59Z,-3.5
            ,2026-01-01,10
               ,2026-01-01,10
            NULL,2026-01-01,10
            A,,10
            A,2026-02-30,10
            A,01/02/2026,10
            A,20260101,10
            A,9999-12-31,10
            A,0000-01-01,10
            A,2026-01-01 soon!,10
            A,2026-01-01,
            A,2026-01-01,NA
            A,2026-01-01,ten
            A,2026-01-01,"1,000.50"
            A,2026-01-01,"1,000,000"
            A,2026-01-01,"1,000"
            A,2026-01-01,"1,00.50"
            A,2026-01-01,0x10
            A,2026-01-01,1e99
            A,2026-01-01,99999999999999999999
            A,2026-01-01
            A,2026-01-01,10,11

            """), (byte)'A', 0xFF, 0xFE, .. ",2026-01-01,10\n"u8.ToArray()]);
        var read = Engines().Select(engine =>
        {
            using (engine) return Orders.Load(engine, TestJob.Config(["orders.maxBadRows=100%"]).Orders, [Path.Combine(Job.Folder, "bad.csv")]);
        }).ToList();

        Assert.Equal(27, read[0].Rows);
        Assert.Equal(6, read[0].Kept);
        Assert.Equal(read[0].Rejected, read[1].Rejected);
        Assert.Equal((read[0].Rows, read[0].Days[new DateOnly(2026, 1, 1)]), (read[1].Rows, read[1].Days[new DateOnly(2026, 1, 1)]));
    }

    [SkippableTheory]
    [InlineData("A,2026-01-01,\"10\n", 301, 601)]
    [InlineData("A,2026-01-01,\"10\nB,2026-01-01,2\nA,2026-01-01,\"7\"\n", null, null)]
    [InlineData("\"two\nlines, and more\",2026-01-01,10\n", 0, 601)]
    public void Lines_that_a_quote_without_an_end_has_swallowed_are_rejected(string lines, int? rejected, int? all)
    {
        var good = string.Concat(Enumerable.Range(0, 300).Select(i => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"C{i},2026-01-01,1\n")));
        var path = Job.Write("orders.csv", Header + good + lines + good);
        var read = Engines().Select(engine =>
        {
            using (engine) return Orders.Load(engine, TestJob.Config(["orders.maxBadRows=100%"]).Orders, [path]);
        }).ToList();

        if (all is not null) Assert.Equal((all, rejected), ((int)read[0].Rows, (int)read[0].Rejected.Values.Sum()));
        Assert.Equal((read[0].Rows, read[0].Kept), (read[1].Rows, read[1].Kept));
        Assert.Equal(read[0].Rejected, read[1].Rejected);
    }

    [SkippableTheory]
    [InlineData("no object in", "orders.columns.amount", "{\"customer_id\":\"A\",\"order_date\":\"2026-01-01\",\"total\":null}\n")]
    [InlineData("is a JSON object", "one object on each line", "[{\"customer_id\":\"A\",\"order_date\":\"2026-01-01\",\"amount\":1}]\n")]
    public void A_key_that_is_mapped_must_be_in_some_object(string message, string more, string lines)
    {
        Job.Write("orders.jsonl", lines);

        foreach (var engine in Engines())
        {
            using (engine)
            {
                var fault = Assert.Throws<DataFault>(() => Lines(engine, ["orders.jsonl"]));
                Assert.Contains(message, fault.Message, StringComparison.Ordinal);
                Assert.Contains(more, fault.Message, StringComparison.Ordinal);
            }
        }
    }

    [SkippableFact]
    public void A_line_of_JSON_is_one_object_of_text_or_none()
    {
        static string Line(string customer) => $$"""{"customer_id":"{{customer}}","order_date":"2026-01-01","amount":1}""";
        Job.Write("orders.jsonl", [.. System.Text.Encoding.UTF8.GetBytes($"""
            {Line("A")}
            {'\t'}{Line("B")} 
            {Line("C")}{Line("D")}
            {Line("E")} and more
            {Line("F").Replace('"', '\'')}
            [{Line("G")}]
            {Line("H \uFFFD")}
            {Line("I")[..^1]}

            """), .. System.Text.Encoding.Latin1.GetBytes(Line("Zoé") + "\n" + Line("Zoè") + "\n")]);
        foreach (var engine in Engines())
        {
            using (engine)
            {
                var read = Orders.Load(engine, TestJob.Config(["orders.maxBadRows=100%"]).Orders, [Path.Combine(Job.Folder, "orders.jsonl")]);
                Assert.Equal("bad_encoding 2, unreadable_record 5", string.Join(", ", read.Rejected.OrderBy(r => r.Key, StringComparer.Ordinal).Select(r => $"{r.Key} {r.Value}")));
                Assert.Equal(["A", "B", "H \uFFFD"], engine.Read(Sql.Inline("SELECT customer_id FROM day_sums ORDER BY customer_id NULLS FIRST"), row => row.Text(0)!));
            }
        }
    }

    [SkippableTheory]
    [InlineData("ids.parquet", "column 'customer_id' is of numbers with a point in", "columns of one name, but of several types", "CAST('A' AS VARCHAR)", "CAST(7 AS DOUBLE)")]
    [InlineData("time.parquet", null, "time stamps are to be in microseconds", "CAST('A' AS VARCHAR)", "CAST('A' AS VARCHAR)", "TIMESTAMP_NS '2026-01-01 00:00:00'")]
    public void Parquet_that_is_not_understood_is_told_in_a_sentence(string file, string? here, string there, string customer, string another, string day = "DATE '2026-01-01'")
    {
        foreach (var (i, id) in new[] { customer, another }.Index())
        {
            using var writer = new DuckDbEngine();
            writer.Export(Sql.Inline($"SELECT {id} AS customer_id, {day} AS order_date, 1 AS amount"), Path.Combine(Job.Folder, i + file));
        }
        foreach (var (engine, message) in Engines().Zip([here, there]))
        {
            using (engine)
            {
                if (message is null) Assert.Equal(["A|2"], Lines(engine, ["0" + file, "1" + file]));
                else Assert.Contains(message, Assert.Throws<DataFault>(() => Lines(engine, ["0" + file, "1" + file])).Message, StringComparison.Ordinal);
            }
        }
    }

    [SkippableFact]
    public void Columns_of_Parquet_may_be_maps_and_ids_bytes()
    {
        using (var writer = new DuckDbEngine())
            writer.Export(
                Sql.Inline(
                    "SELECT encode('Zoë') AS customer_id, DATE '2026-01-01' AS order_date, 1 AS amount, MAP {'a': x} AS attributes "
                    + "FROM range(2) AS t(x)"),
                Path.Combine(Job.Folder, "orders.parquet"));

        foreach (var engine in Engines())
        {
            using (engine)
            {
                Assert.Equal(["Zoë|2"], Lines(engine, ["orders.parquet"]));
                Assert.Equal([2], engine.Read(Sql.Inline("SELECT CAST(COUNT(DISTINCT fingerprint) AS BIGINT) FROM order_records"), row => row.Long(0)));
            }
        }
    }

    [SkippableFact]
    public void Columns_of_a_Delta_table_may_be_of_any_type_and_tell_lines_apart()
    {
        var path = Path.Combine(Job.Folder, "orders");
        using (var rows = Fixture.Session().Sql(
            "SELECT CAST('Zoë' AS BINARY) AS customer_id, DATE '2026-01-01' AS order_date, 1 AS amount, array('x', item) AS items "
            + "FROM VALUES ('y'), ('z'), ('z') AS t(item)"))
            rows.Write().Format("delta").Save("file://" + path);

        foreach (var engine in Engines())
        {
            using (engine)
            {
                Assert.Equal(["Zoë|3"], Lines(engine, ["orders"]));
                Assert.Equal([2], engine.Read(Sql.Inline("SELECT CAST(COUNT(DISTINCT fingerprint) AS BIGINT) FROM order_records"), row => row.Long(0)));
            }
        }
    }

    [SkippableTheory]
    [InlineData("utf-8", false, "customer_id , order_date,\tamount")]
    [InlineData("utf-16", false, "customer_id,order_date,amount")]
    [InlineData("utf-16", true, "customer_id,order_date,amount")]
    [InlineData("utf-16", true, "customer_id,order_date,amount", "orders.quote=")]
    public void Headers_may_have_blanks_and_texts_two_bytes_a_letter(string encoding, bool withMark, string header, params string[] settings)
    {
        System.Text.Encoding letters = encoding == "utf-16" ? new System.Text.UnicodeEncoding(bigEndian: false, byteOrderMark: withMark) : new System.Text.UTF8Encoding(false);
        var path = Job.Write("orders.csv", [.. letters.GetPreamble(), .. letters.GetBytes($"{header}\nNovačková,2026-01-01,1\nകൊച്ചി,2026-01-02,2\n")]);

        foreach (var engine in Engines())
        {
            using (engine)
            {
                Orders.Load(engine, TestJob.Config([.. settings, "orders.encoding=" + encoding]).Orders, [path]);
                Assert.Equal(["Novačková", "കൊച്ചി"], engine.Read(Sql.Inline("SELECT customer_id FROM day_sums ORDER BY customer_id NULLS FIRST"), row => row.Text(0)!));
            }
        }
    }

    [SkippableTheory]
    [InlineData("o'clock")]
    [InlineData("really?")]
    [InlineData("a.b[0]")]
    [InlineData("with space")]
    public void A_key_may_have_any_name(string key)
    {
        Job.Write("orders.jsonl", $"{{\"customer_id\":\"A\",\"order_date\":\"2026-01-01\",\"{key}\":7}}\n");

        foreach (var engine in Engines())
        {
            using (engine)
            {
                engine.Load("order_records", TestJob.Config(["orders.columns.amount=" + key]).Orders.FilesAt([Path.Combine(Job.Folder, "orders.jsonl")]));
                Assert.Equal("7", engine.Read(Sql.Inline("SELECT amount FROM order_records"), row => row.Text(0)).Single());
            }
        }
    }

    [SkippableTheory]
    [InlineData("customer_id,order_date,amount,debit,credit\nA,2026-01-01,1,,5\nA,2026-01-01,1,5,\nA,2026-01-01,1,5,\n")]
    [InlineData("customer_id,order_date,amount,note,other\nA,2026-01-01,1,a,\nA,2026-01-01,1,,a\nA,2026-01-01,1,,a\n")]
    public void Lines_that_differ_in_which_column_is_empty_are_no_duplicates(string lines)
    {
        var path = Job.Write("orders.csv", lines);

        foreach (var engine in Engines())
        {
            using (engine)
            {
                var read = Orders.Load(engine, TestJob.Config(["orders.duplicates=reject", "orders.maxBadRows=50%"]).Orders, [path]);
                Assert.Equal((3L, 2L), (read.Rows, read.Kept));
            }
        }
    }
}
