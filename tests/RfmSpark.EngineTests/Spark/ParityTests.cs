using System.Globalization;
using RfmSpark.Rfm;
using RfmSpark.Runs;
using RfmSpark.Settings;
using RfmSpark.Spark;

namespace RfmSpark.EngineTests.Spark;

/// <summary>One truth on two engines: every published table is the same, keys, counts, days and decimals exactly, doubles to 1e-9.</summary>
[Collection("Spark")]
public sealed class ParityTests(SparkFixture fixture) : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("rfmspark-parity-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [SkippableTheory]
    [InlineData("online_retail.csv.gz", "online_retail", "2011-12-10")]
    [InlineData("online_retail.csv.gz", "online_retail", "2011-06-01", "orders.returns=gross", "orders.duplicates=reject")]
    [InlineData("completejourney_transactions_sample.csv.gz", "completejourney", "2018-01-01", "rfm.legend=all-u-need-mart")]
    [InlineData("cdnow_master.csv", "cdnow", "1998-07-01", "rfm.frequency=days", "rfm.bins=3", "rfm.legend=klaviyo", "rfm.recencyThresholds=180,365")]
    [InlineData("rfm_orders.csv", null, "2006-12-31", "orders.columns.amount=revenue", "rfm.edges=quantilePlusOne", "rfm.legend=rfm-0.3")]
    [InlineData("case_study_20_orders.csv", null, "2025-01-01")]
    public void The_tables_are_the_same(string data, string? example, string asOf, params string[] settings) =>
        Compare(Requires.Data(data), TestJob.Config(settings, example), asOf);

    private void Compare(string orders, JobConfig config, string asOf)
    {
        using var duckDb = new DuckDbEngine();
        using var spark = new SparkEngine(fixture.Session(), Path.Combine(_folder, "staging"));
        foreach (var (engine, output) in new (IEngine, string)[] { (duckDb, "duckdb"), (spark, "spark") })
        {
            var pipeline = new Pipeline(engine, config, SegmentsFile.Read(Path.Combine(Checkout.Conf, "segments.json")), new RecordingLog());
            pipeline.Read([orders]);
            pipeline.Publish(DateOnly.Parse(asOf, CultureInfo.InvariantCulture), Path.Combine(_folder, output), new RunClock(TimeProvider.System));
        }
        foreach (var table in Tables.Published) Equal(Rows(duckDb, "duckdb", table), Rows(duckDb, "spark", table), table);
    }

    // What a run says of itself (its number, engine, seconds) differs; the file's path is written in two ways.
    private static readonly string[] Own = ["run", "engine", "seconds", "table_versions", "source"];

    private List<object?[]> Rows(DuckDbEngine reader, string output, Table table)
    {
        var columns = reader.Open("opened", Path.Combine(_folder, output, table.Name))!;
        Assert.Equal(table.Columns.Select(c => (c.Name, c.Type)), columns.Select(c => (c.Name, c.Type)));
        var compared = table.Columns.Where(c => !Own.Contains(c.Name)).Select(c => c.Name).ToList();
        return [.. reader.Read(Sql.Inline($"SELECT {string.Join(", ", compared)} FROM opened ORDER BY ALL"), row => Enumerable.Range(0, compared.Count).Select(row.Value).ToArray())];
    }

    private static void Equal(List<object?[]> expected, List<object?[]> actual, Table table)
    {
        Assert.True(expected.Count == actual.Count, $"{table.Name}: {expected.Count} rows and {actual.Count}");
        for (var i = 0; i < expected.Count; i++)
            for (var c = 0; c < expected[i].Length; c++)
            {
                var same = expected[i][c] is double a && actual[i][c] is double b ? Math.Abs(a - b) <= 1e-9 * Math.Max(1, Math.Abs(a)) : Equals(expected[i][c], actual[i][c]);
                Assert.True(same, $"{table.Name}, row {i}, column {c}: {expected[i][c]} on one engine, {actual[i][c]} on the other, in {string.Join("|", expected[i])}");
            }
    }
}
