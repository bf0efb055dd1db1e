using System.Globalization;
using RfmSpark.Campaigns;
using RfmSpark.Rfm;
using RfmSpark.Runs;
using RfmSpark.Spark;
using RfmSpark.Verification;

namespace RfmSpark.EngineTests.Spark;

/// <summary>A table that one engine begins is continued by the other, and both read all of it, with its history.</summary>
[Collection("Spark")]
public sealed class InterchangeTests(SparkFixture fixture) : IDisposable
{
    private static readonly RunClock Clock = new(TimeProvider.System);
    // What only the driver does hundreds of times is done a few times: it is the same code beside both.
    private static readonly string[] Settings = ["clusters.replicates=3", "clusters.restarts=2", "clusters.mostClusters=6", "clv.calibration=1"];
    private readonly TestJob _job = new();

    public void Dispose() => _job.Dispose();

    [SkippableFact]
    public void Five_runs_on_engines_in_turn_make_one_table()
    {
        var orders = Requires.Data("case_study_20_orders.csv");
        using var duckDb = new DuckDbEngine();
        using var spark = new SparkEngine(fixture.Session(), Path.Combine(_job.Folder, "staging"));
        string[] days = ["2024-10-01", "2024-11-01", "2024-10-01", "2024-12-01", "2025-01-01"];
        for (var run = 0; run < days.Length; run++)
        {
            IEngine engine = run % 2 == 0 ? duckDb : spark;
            var pipeline = new Pipeline(
                engine, TestJob.Config(Settings), SegmentsFile.Read(Path.Combine(Checkout.Conf, "segments.json")),
                CampaignsFile.Read(Path.Combine(Checkout.Conf, "campaigns.json")), new RecordingLog());
            pipeline.Publish(pipeline.Read([orders]), DateOnly.Parse(days[run], CultureInfo.InvariantCulture), _job.Output, Clock);
        }

        for (var version = 0; version < days.Length; version++)
        {
            var seen = Customers(duckDb, version);
            Assert.Equal(days.Take(version + 1).Distinct().Order(StringComparer.Ordinal), seen.Select(r => r.Split('|')[0]).Distinct());
            Assert.Equal(seen, Customers(spark, version));
        }
        Assert.Equal(Customers(duckDb, null), Customers(spark, null));
        Assert.Equal(4, _job.Rows("runs", "run").Count);

        // What a run carries on from another's tables is the same as if one engine had made them all.
        using var alone = new TestJob();
        foreach (var day in days) alone.Run(orders, day, null, Settings);
        foreach (var (table, columns) in new[]
        {
            ("segment_migration", "as_of, from_as_of, snapshot, scheme, cohort, from_segment, to_segment, customers, revenue"),
            ("segment_changes", "as_of, from_as_of, customer_id, from_segment, to_segment, is_warning"),
            ("customer_segments", "as_of, customer_id, segment, previous_segment, segment_since"),
        })
            Assert.Equal(alone.Rows(table, columns).Order(StringComparer.Ordinal), _job.Rows(table, columns).Order(StringComparer.Ordinal));
        Assert.Equal(
            ["2024-10-01|computed", "2024-11-01|published", "2024-12-01|published", "2025-01-01|published"],
            _job.Rows("segment_migration", "DISTINCT as_of, snapshot").Order(StringComparer.Ordinal));
    }

    // Delta Lake reads no version that is older than a week, and deletes the log of those that are older than a month.
    [SkippableFact]
    public void A_day_of_long_ago_is_read_on_both_engines()
    {
        foreach (var day in new[] { "2024-10-01", "2024-11-01", "2024-12-01" }) _job.Run(Requires.Data("case_study_20_orders.csv"), day, null, Settings);
        foreach (var file in Directory.EnumerateFiles(_job.Output, "*.json", SearchOption.AllDirectories))
            File.SetLastWriteTimeUtc(
                file, DateTime.UnixEpoch.AddDays(20_000 + int.Parse(Path.GetFileName(file)[..20], CultureInfo.InvariantCulture)));
        using var duckDb = new DuckDbEngine();
        using var spark = new SparkEngine(fixture.Session(), Path.Combine(_job.Folder, "staging"));

        foreach (var engine in new IEngine[] { duckDb, spark })
        {
            var all = FinishedRun.All(engine, _job.Output);
            Assert.Empty(all.Take(2).SelectMany(run => TableVerification.Faults(engine, run, all)));
        }
        Assert.Equal(Customers(duckDb, 0), Customers(spark, 0));
    }

    [SkippableFact]
    public void A_run_that_a_later_one_of_the_other_engine_has_overtaken_is_refused()
    {
        using var duckDb = new DuckDbEngine();
        using var spark = new SparkEngine(fixture.Session(), Path.Combine(_job.Folder, "staging"));
        var table = new Table("t", "one row", ["as_of"], [new("as_of", ColumnType.Date, ""), new("n", ColumnType.Long, "")]);
        var day = new DateOnly(2026, 1, 1);
        var path = Path.Combine(_job.Output, "t");
        foreach (var engine in new IEngine[] { duckDb, spark })
        {
            engine.Put(table, [1L], (n, row) =>
            {
                row.Date(day);
                row.Long(n);
            });
        }

        Assert.Equal(0, duckDb.Save(table, new Publication(path, day, 5)));
        Assert.Contains("a run that started later", Assert.Throws<EngineFault>(() => spark.Save(table, new Publication(path, day, 4))).Message, StringComparison.Ordinal);
        Assert.Equal(0, spark.Save(table, new Publication(path, day, 5)));
        Assert.Equal(1, spark.Save(table, new Publication(path, day, 6)));
        Assert.Contains("a run that started later", Assert.Throws<EngineFault>(() => duckDb.Save(table, new Publication(path, day, 5))).Message, StringComparison.Ordinal);
        Assert.Equal(2, duckDb.Save(table, new Publication(path, day, 7)));
        // Spark has seen the table before this last commit, and must look again.
        Assert.Contains("a run that started later", Assert.Throws<EngineFault>(() => spark.Save(table, new Publication(path, day, 6))).Message, StringComparison.Ordinal);
        Assert.Equal(7, spark.LastRuns(path, [day])[day]);
    }

    private List<string> Customers(IEngine engine, long? version)
    {
        engine.Open("opened", Path.Combine(_job.Output, "customer_segments"), null, version);
        return [.. engine.Read(Sql.Inline("SELECT as_of, customer_id, segment, monetary, overall_score FROM opened ORDER BY as_of NULLS FIRST, customer_id NULLS FIRST"),
            row => string.Create(CultureInfo.InvariantCulture, $"{row.Date(0):yyyy-MM-dd}|{row.Text(1)}|{row.Text(2)}|{row.Decimal(3)}|{row.Long(4)}"))];
    }
}
