using System.Text;
using RfmSpark.Spark.Gateway;

namespace RfmSpark.EngineTests.Spark;

/// <summary>The client against a real Spark.</summary>
[Collection("Spark")]
public sealed class SparkClientTests(SparkFixture fixture) : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("rfmspark-client-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [SkippableFact]
    public void Every_type_comes_back_typed_and_exact()
    {
        using var rows = fixture.Session().Sql("""
            SELECT 'tab\there, line\nbreak, back\\slash, \u001f unit, \\N, \\u, emoji 🎉' AS t, CAST(-2147483648 AS INT) AS i, 9223372036854775807 AS l, CAST(0.1 AS DOUBLE) AS d,
                CAST('-99999999999999999999.123456' AS DECIMAL(38,6)) AS m, CAST('0.000000' AS DECIMAL(18,6)) AS z, DATE '1899-12-31' AS y, TIMESTAMP '2026-01-31 10:00:00.123456' AS s,
                TRUE AS b, CAST('NaN' AS DOUBLE) AS n, array(1, 2) AS a, CAST(NULL AS STRING) AS nothing, '' AS empty, CAST('ab' AS BINARY) AS bin
            """);

        var row = rows.Collect().Single();

        Assert.Equal(["tab\there, line\nbreak, back\\slash, \u001f unit, \\N, \\u, emoji 🎉", int.MinValue, long.MaxValue, 0.1, -99999999999999999999.123456m, 0m, new DateOnly(1899, 12, 31),
            new DateTime(2026, 1, 31, 10, 0, 0, DateTimeKind.Utc).AddTicks(1234560), true, double.NaN, "[1,2]", null, "", "ab"u8.ToArray()], row.Values);
        Assert.Equal(-99999999999999999999.123456m, row.GetAs<decimal>("m"));
    }

    [SkippableFact]
    public void Files_are_read_shown_counted_and_written()
    {
        var spark = fixture.Session();
        File.WriteAllText(Path.Combine(_folder, "orders.csv"), "id,amount\nA,1.5\nB,2\n", Encoding.UTF8);

        using var orders = spark.Read().Option("header", "true").Schema("id STRING, amount DECIMAL(18,2)").Csv(Path.Combine(_folder, "orders.csv"));
        orders.CreateOrReplaceTempView("client_orders");
        Assert.Equal(2, orders.Count());
        Assert.Equal(["id", "amount"], orders.Columns());
        Assert.Contains("|  A|  1.50|", orders.ShowString(), StringComparison.Ordinal);

        using var doubled = spark.Sql("SELECT id, amount * 2 AS amount FROM client_orders");
        doubled.Write().Mode("overwrite").Format("delta").PartitionBy("id").Save(Path.Combine(_folder, "doubled"));
        using var back = spark.Read().Format("delta").Load(Path.Combine(_folder, "doubled"));
        Assert.Equal(["[A,3.00]", "[B,4.00]"], back.Collect().Select(r => r.ToString()).Order(StringComparer.Ordinal));
    }

    [SkippableFact]
    public void An_error_has_Sparks_message_and_trace_and_the_session_goes_on()
    {
        var spark = fixture.Session();

        var error = Assert.Throws<JavaException>(() => spark.Sql("SELECT nothing FROM nowhere"));

        Assert.Contains("AnalysisException", error.Type, StringComparison.Ordinal);
        Assert.Contains("nowhere", error.JavaMessage, StringComparison.Ordinal);
        Assert.Contains("at org.apache.spark", error.Trace, StringComparison.Ordinal);
        using var one = spark.Sql("SELECT 1 AS one");
        Assert.Equal(1, one.Collect().Single().GetAs<int>("one"));
    }

    [SkippableFact]
    public void A_released_reference_cannot_be_sent_by_mistake()
    {
        var rows = fixture.Session().Sql("SELECT 1");
        rows.Dispose();

        Assert.Throws<ObjectDisposedException>(() => rows.Count());
    }

    [SkippableFact]
    public void Half_a_million_rows_come_in_one_call()
    {
        using var rows = fixture.Session().Sql("SELECT id, CAST(id * 0.5 AS DOUBLE) AS half, CAST(id AS STRING) AS name FROM range(500000)");

        Assert.Equal(Enumerable.Range(0, 500_000).Sum(i => (long)i), rows.Collect().Sum(r => r.GetAs<long>(0)));
    }

    [SkippableFact]
    public void A_million_rows_are_put_and_come_back_whole()
    {
        var table = new Table("many", "one row per number", [], [new("n", ColumnType.Long, ""), new("score", ColumnType.Double, ""), new("name", ColumnType.Text, "")]);
        using var engine = new RfmSpark.Spark.SparkEngine(fixture.Session(), Path.Combine(_folder, "staging"));

        engine.Put(table, Enumerable.Range(0, 1_000_000), (n, row) =>
        {
            row.Long(n);
            row.Double(n / 3.0);
            row.Text("n" + n.ToString(System.Globalization.CultureInfo.InvariantCulture));
        });

        Assert.Equal((1_000_000L, 499_999_500_000L, 999_999 / 3.0, "n999999"), engine.Read(Sql.Inline("SELECT CAST(COUNT(*) AS BIGINT), CAST(SUM(n) AS BIGINT), MAX(score), MAX_BY(name, n) FROM many"),
            row => (row.Long(0), row.Long(1), row.Double(2), row.Text(3)!)).Single());
    }

    [SkippableFact]
    public void Settings_are_read_and_set()
    {
        var conf = fixture.Session().Conf();
        conf.Set("spark.sql.shuffle.partitions", "3");

        Assert.Equal("3", conf.Get("spark.sql.shuffle.partitions"));
        Assert.Equal("none", conf.Get("spark.rfmspark.unknown", "none"));
        conf.Set("spark.sql.shuffle.partitions", "2");
    }
}
