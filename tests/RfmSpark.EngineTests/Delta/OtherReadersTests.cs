using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;
using RfmSpark.Forgetting;
using RfmSpark.Rfm;
using RfmSpark.Runs;

namespace RfmSpark.EngineTests.Delta;

/// <summary>Our tables in the hands of two readers that are not ours: Delta Lake on Spark, and delta-kernel-rs. Both must see what we see, and leave it sound.</summary>
public sealed class OtherReadersTests : IDisposable
{
    private readonly TestJob _job = new();

    public void Dispose() => _job.Dispose();

    [SkippableFact]
    public void Delta_kernel_reads_counts_sums_partitions_and_history()
    {
        var reader = Requires.DeltaKernel();
        ThreeRuns();
        var table = $"deltaLakeLocal('{_job.Output}/customer_segments')";

        var answers = Kernel(reader,
            $"SELECT as_of, segment, count() AS n, sum(monetary) AS m, min(last_order) AS l, max(r) AS r FROM {table} GROUP BY 1, 2 ORDER BY 1, 2",
            $"SELECT count() AS n FROM {table} WHERE segment = 'A/b:c=d%e ü+#?&''\"'",
            $"SELECT count() AS n, sum(monetary) AS m FROM {table} SETTINGS delta_lake_snapshot_version = 0",
            $"SELECT count() AS n FROM {table} WHERE monetary > 50",
            $"SELECT count() AS n, sum(revenue) AS m FROM deltaLakeLocal('{_job.Output}/segment_summary')");

        Assert.Equal(Ours(), answers[0].Select(r => $"{r!["as_of"]}|{r["segment"]}|{r["n"]}|{r["m"]!.GetValue<decimal>():0.00}|{r["l"]}|{r["r"]}"));
        Assert.Equal(_job.Rows("customer_segments", "COUNT(*)", "WHERE segment LIKE 'A/b%'").Single(), answers[1][0]!["n"]!.ToString());
        Assert.Equal("3|66.00", $"{answers[2][0]!["n"]}|{answers[2][0]!["m"]!.GetValue<decimal>():0.00}");
        Assert.Equal(_job.Rows("customer_segments", "COUNT(*)", "WHERE monetary > 50").Single(), answers[3][0]!["n"]!.ToString());
        Assert.Equal(_job.Rows("segment_summary", "COUNT(*), SUM(revenue)").Single(), $"{answers[4][0]!["n"]}|{answers[4][0]!["m"]!.GetValue<decimal>():0.00}");

        // What is left after a vacuum: one entry of the log, its checkpoint, and the files of that version.
        using (var engine = new DuckDbEngine()) CustomerRemoval.Forget(engine, _job.Output, ["B"], vacuum: true, new RunClock(TimeProvider.System), _job.Log);
        Assert.Equal(["A|2", "C|2"], Kernel(reader, $"SELECT customer_id AS c, count() AS n FROM {table} GROUP BY 1 ORDER BY 1")[0].Select(r => $"{r!["c"]}|{r["n"]}"));
    }

    [SkippableFact]
    public void Delta_Lake_on_Spark_reads_replaces_and_vacuums_our_tables_and_we_go_on()
    {
        var home = Requires.SparkHome();
        ThreeRuns();
        var before = Ours();
        var path = $"delta.`{_job.Output}/customer_segments`";

        var answers = Spark(home,
            $"SELECT as_of, segment, count(*) AS n, sum(monetary) AS m, min(last_order) AS l, max(r) AS r FROM {path} GROUP BY 1, 2 ORDER BY 1, 2",
            $"SELECT count(*) AS n, sum(monetary) AS m FROM {path} VERSION AS OF 0",
            $"SELECT count(*) AS n FROM {path} WHERE monetary > 50",
            $"DESCRIBE HISTORY {path}",
            $"SELECT min(monetary) AS a, max(last_order) AS b, count(*) AS n FROM {path}",
            $"ALTER TABLE {path} SET TBLPROPERTIES ('delta.deletedFileRetentionDuration' = 'interval 0 hours')",
            "SET spark.databricks.delta.retentionDurationCheck.enabled = false",
            $"VACUUM {path} RETAIN 0 HOURS",
            $"SELECT as_of, segment, count(*) AS n, sum(monetary) AS m, min(last_order) AS l, max(r) AS r FROM {path} GROUP BY 1, 2 ORDER BY 1, 2",
            $"INSERT INTO {path} REPLACE WHERE as_of = '2026-01-10' SELECT * FROM {path} WHERE as_of = '2026-01-10' AND customer_id <> 'B'",
            $"SELECT count(*) AS n FROM {path} WHERE as_of = '2026-01-10'");

        Assert.Equal(before, Lines(answers[0]));
        Assert.Equal("3|66.00", $"{answers[1][0]!["n"]}|{answers[1][0]!["m"]}");
        Assert.Equal("2", answers[2][0]!["n"]!.ToString());
        Assert.Equal(["2|WRITE", "1|WRITE", "0|WRITE"], answers[3].Select(r => $"{r!["version"]}|{r["operation"]}"));
        Assert.Equal("1.00|2026-01-19|6", $"{answers[4][0]!["a"]}|{answers[4][0]!["b"]}|{answers[4][0]!["n"]}");
        Assert.Equal(before, Lines(answers[8]));
        Assert.Equal("2", answers[10][0]!["n"]!.ToString());

        // What Spark wrote is read here, and the next run replaces it.
        Assert.Equal(["2"], _job.Rows("customer_segments", "COUNT(*)", "WHERE as_of = DATE '2026-01-10'"));
        ThirdRun();
        Assert.Equal(before, Ours());

        static IEnumerable<string> Lines(JsonArray rows) => rows.Select(r => $"{r!["as_of"]}|{r["segment"]}|{r["n"]}|{r["m"]}|{r["l"]}|{r["r"]}");
    }

    // Two days, the first of them published twice, with segment names that need escaping everywhere.
    private void ThreeRuns()
    {
        Run("customer_id,order_date,amount\nA,2026-01-01,60\nB,2026-01-05,5\nC,2026-01-09,1\n", "2026-01-10");
        Run("customer_id,order_date,amount\nA,2026-01-01,60\nB,2026-01-05,5\nC,2026-01-19,1\n", "2026-01-20");
        ThirdRun();
    }

    private void ThirdRun() => Run("customer_id,order_date,amount\nA,2026-01-01,70\nB,2026-01-05,5\nC,2026-01-09,1\n", "2026-01-10");

    private void Run(string orders, string asOf)
    {
        var segments = _job.Write("segments.json", """
            { "legends": { "odd": { "bins": 2, "segments": { "A/b:c=d%e ü+#?&'\"": "2..", "plain": "1.1", "emoji 🎉\nsecond line": "1.2" } } },
              "overall": { "valueSegments": { "All": [0,1,2,3,4,5,6,7,8,9] }, "subSegments": { "All": [0,1,2,3,4,5,6,7,8,9] } },
              "personas": { "lifecycle": { "Champions": { "recency": 0.5, "frequency": 0.5, "monetary": 0.5 } } } }
            """);
        _job.Run([_job.Write("orders.csv", orders)], asOf, TestJob.Config(["rfm.bins=2", "rfm.legend=odd"]), SegmentsFile.Read(segments));
    }

    private List<string> Ours() => _job.Rows("customer_segments", "as_of, segment, COUNT(*), SUM(monetary), MIN(last_order), MAX(r)", "GROUP BY as_of, segment ORDER BY as_of, segment");

    private List<JsonArray> Spark(string home, params string[] statements)
    {
        var file = _job.Write("statements.sql", string.Join('\n', statements));
        var script = Path.Combine(Checkout.Root, "tests", "RfmSpark.EngineTests", "readers", "run_sql.py");
        var output = Process(Path.Combine(home, "bin", "spark-submit"),
        [
            "--master", "local[2]", "--conf", "spark.ui.enabled=false", "--conf", "spark.databricks.delta.snapshotPartitions=2",
            "--conf", "spark.sql.shuffle.partitions=2", "--conf", "spark.sql.sources.parallelPartitionDiscovery.parallelism=2",
            "--conf", "spark.sql.session.timeZone=UTC",
            "--conf", "spark.sql.extensions=io.delta.sql.DeltaSparkSessionExtension", "--conf", "spark.sql.catalog.spark_catalog=org.apache.spark.sql.delta.catalog.DeltaCatalog",
            "--conf", $"spark.sql.warehouse.dir={_job.Folder}/warehouse", script, file,
        ]);
        return [.. output.Split('\n').Where(l => l.StartsWith("RESULT ", StringComparison.Ordinal)).Select(l => JsonNode.Parse(l["RESULT ".Length..])!.AsArray())];
    }

    private List<JsonArray> Kernel(string reader, params string[] statements) => [.. Process("node", [reader, _job.Output, .. statements])
        .Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => JsonNode.Parse(JsonSerializer.Deserialize<string>(l)!)!["data"]!.AsArray())];

    private static string Process(string program, IReadOnlyList<string> arguments)
    {
        using var process = System.Diagnostics.Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, $"{program} ended with {process.ExitCode}: {output} {errors.Result}");
        return output;
    }
}
