using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;

namespace RfmSpark.EngineTests.Spark;

/// <summary>Runs submitted with submit.sh to a real Spark: exit codes survive, and what goes wrong is said.</summary>
[Collection("Spark, standalone cluster")]
public sealed class SubmittedRunTests(StandaloneFixture fixture) : IDisposable
{
    private readonly TestJob _job = new();

    public void Dispose() => _job.Dispose();

    [SkippableFact]
    public void A_run_on_the_cluster_ends_with_0_and_is_continued_by_one_here()
    {
        var orders = Requires.Data("case_study_20_orders.csv");
        var (exitCode, printed) = Submit(
            ["--master", fixture.Url(), "--executor-memory", "512m", "--total-executor-cores", "2", "--executor-cores", "1"],
            ["run", "--orders", orders, "--out", "file://" + _job.Output, "--as-of", "2024-12-01"]);

        Assert.Equal((0, ""), (exitCode, exitCode == 0 ? "" : printed));
        Assert.Contains("on Apache Spark", printed, StringComparison.Ordinal);
        Assert.Contains("customers segmented", printed, StringComparison.Ordinal);
        Assert.Contains("<h1>Customer segments</h1>", File.ReadAllText(Path.Combine(_job.Output, "report.html")), StringComparison.Ordinal);
        Assert.DoesNotContain(" INFO TaskSetManager", printed, StringComparison.Ordinal);
        Assert.DoesNotContain("deprecated", printed, StringComparison.Ordinal);
        // What show cannot read is not named as next.
        Assert.DoesNotContain("INFO next:", printed, StringComparison.Ordinal);
        _job.Run(orders, "2025-01-01");
        Assert.Equal(["2024-12-01", "2025-01-01"], _job.Rows("runs", "as_of", "ORDER BY as_of"));
        Assert.Empty(Directory.EnumerateFileSystemEntries(_job.Output, "_*"));
    }

    [SkippableTheory]
    [InlineData(2, "rfm.binz", "--set", "rfm.binz=4")]
    [InlineData(3, "has no column 'buyer' (orders.columns.customer_id)", "--set", "orders.columns.customer_id=buyer")]
    public void A_wrong_setting_ends_with_2_and_wrong_orders_with_3(int expected, string message, params string[] settings)
    {
        var (exitCode, printed) = Submit(["--master", "local[2]"], ["run", "--orders", Requires.Data("case_study_20_orders.csv"), "--out", _job.Output, .. settings]);

        Assert.Equal(expected, exitCode);
        Assert.Contains(message, printed, StringComparison.Ordinal);
    }

    [SkippableFact]
    public void Rows_for_programs_are_told_from_the_log_by_their_brace()
    {
        var results = _job.Write("results.csv", "customer_id,arm,bought\nA,x,1\nB,x,0\nC,y,1\nD,y,1\n");
        var submit = $"bash {Path.Combine(Checkout.Root, "submit.sh")} --master 'local[2]' experiment measure --file {results} --arm arm --outcome bought --control y --format json 2> {results}.log";

        var (exitCode, printed) = SubmitProcess.RunIn(_job.Folder, "bash", ["-o", "pipefail", "-c", submit + " | grep '^{'"], Environment([]));

        Assert.True(exitCode == 0, printed + File.ReadAllText(results + ".log"));
        Assert.Equal("x", JsonNode.Parse(printed)!["arm"]!.GetValue<string>());
    }

    [SkippableFact]
    public void Without_Delta_Lake_it_ends_with_4_and_the_coordinate_of_what_is_missing()
    {
        var (exitCode, printed) = Submit(
            ["--master", "local[2]", "--conf", "spark.sql.extensions=org.example.Other"],
            ["run", "--orders", Requires.Data("case_study_20_orders.csv"), "--out", _job.Output]);

        Assert.Equal(4, exitCode);
        Assert.Matches("Add --packages io.delta:delta-spark_[0-9.]+_2.13:[0-9.]+ --conf spark.sql.extensions=io.delta.sql.DeltaSparkSessionExtension", printed);
    }

    [SkippableFact]
    public void A_Spark_in_the_mode_of_Connect_is_refused_and_never_replaced_by_the_engine_here()
    {
        var (exitCode, printed) = Submit(["--master", "local[2]", "--conf", "spark.api.mode=connect"], ["run", "--orders", Requires.Data("case_study_20_orders.csv"), "--out", _job.Output]);

        Assert.Equal(4, exitCode);
        Assert.Contains("spark.api.mode=classic", printed, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_job.Output));
    }

    [SkippableFact]
    public void The_archive_for_a_driver_on_the_cluster_runs_from_where_it_is_unpacked()
    {
        var orders = Requires.Data("case_study_20_orders.csv");
        var packed = SubmitProcess.Run(new Dictionary<string, string> { ["SPARK_HOME"] = FakeSpark.Home(_job, "4.2.0"), ["JAVA_HOME"] = FakeSpark.Java(_job, "17.0.15") },
            "--master", "yarn", "--deploy-mode", "cluster", "run", "--orders", "a", "--out", "b");
        Assert.True(packed.ExitCode == 0, packed.Printed);
        Directory.CreateDirectory(Path.Combine(_job.Folder, "app"));
        Assert.Equal(0, SubmitProcess.RunIn(_job.Folder, "tar", ["-xzf", Path.Combine(Checkout.Root, "artifacts", "app.tgz"), "-C", "app"], Environment([])).ExitCode);

        // As a container of YARN has it: the archive unpacked beside the driver, and no .NET on the machine.
        var (exitCode, printed) = SubmitProcess.RunIn(_job.Folder, Path.Combine(Requires.SparkHome(), "bin", "spark-submit"),
            [
                "--master", "local[2]", "--properties-file", Path.Combine(Checkout.Conf, "spark-defaults.conf"),
                "--class", "org.apache.spark.deploy.PythonRunner", "--conf", "spark.pyspark.driver.python=./app/dotnet/dotnet",
                "spark-internal", "app/RfmSpark.Jobs.dll", "", "--on-spark", "run", "--orders", orders, "--out", _job.Output,
                "--set", "clv.calibration=1",
            ],
            Environment(new() { ["DOTNET_ROOT"] = "/nowhere", ["RFMSPARK_HOME"] = "" }));

        Assert.Equal((0, ""), (exitCode, exitCode == 0 ? "" : printed));
        Assert.Equal(["20"], _job.Rows("runs", "customers"));
    }

    [SkippableFact]
    public void Ctrl_C_cancels_the_jobs_and_ends_with_130()
    {
        using var process = new SubmitProcess(
            Environment([]),
            [
                "--master", fixture.Url(), "--executor-memory", "512m", "--total-executor-cores", "2", "--executor-cores", "1", "run", "--orders",
                ParityCase.Generated(), "--out", _job.Output,
            ]);
        process.WaitFor("on Apache Spark");
        Thread.Sleep(4000);
        process.Interrupt();

        Assert.Equal(130, process.Wait());
        Assert.False(Directory.Exists(_job.Output) && Directory.Exists(Path.Combine(_job.Output, "runs")));
        Gone(_job.Output);
    }

    [SkippableFact]
    public void A_driver_that_is_killed_leaves_the_tables_as_they_were_and_the_next_run_succeeds()
    {
        var orders = Requires.Data("case_study_20_orders.csv");
        _job.Run(orders, "2025-01-01");
        var before = Segments();
        using (var process = new SubmitProcess(
            Environment([]),
            [
                "--master", fixture.Url(), "--executor-memory", "512m", "--total-executor-cores", "2", "--executor-cores", "1", "run", "--orders",
                Requires.Data("rfm_orders.csv"), "--set", "orders.columns.amount=revenue", "--out", _job.Output, "--as-of", "2025-01-01",
            ]))
        {
            process.WaitFor("INFO segments: ");
            Thread.Sleep(500);
            Process.GetProcessById(StandaloneFixture.Processes(_job.Output).Single(id => id != process.Id)).Kill();
            Assert.NotEqual(0, process.Wait());
        }
        Gone(_job.Output);
        Assert.Equal(before, Segments());

        Assert.Equal(0, Submit(["--master", "local[2]"], ["run", "--orders", orders, "--out", _job.Output, "--as-of", "2025-01-01", "--set", "clv.calibration=1"]).ExitCode);
        Assert.Equal(before, Segments());
    }

    [SkippableFact]
    public void A_full_disk_ends_with_4_and_Sparks_reason()
    {
        var small = Requires.SmallDisk();
        var (exitCode, printed) = Submit(["--master", "local[2]", "--conf", $"spark.local.dir={small}"], ["run", "--orders", ParityCase.Generated(), "--out", _job.Output]);

        Assert.Equal(4, exitCode);
        Assert.Contains("No space left on device", printed, StringComparison.Ordinal);
        Assert.Contains("A disk is full: free some space, or name another one for Spark's temporary data (--conf spark.local.dir=", printed, StringComparison.Ordinal);
        Assert.Contains("\tat org.apache.spark", printed, StringComparison.Ordinal);
    }

    [SkippableFact]
    public void A_JVM_without_enough_memory_ends_with_4_and_Sparks_reason()
    {
        var (exitCode, printed) = Submit(
            ["--master", "local[2]", "--driver-memory", "480m", "--conf", "spark.memory.fraction=0.02"],
            ["run", "--orders", ParityCase.Generated(), "--out", _job.Output]);

        Assert.Equal(4, exitCode);
        Assert.Matches("OutOfMemoryError.*Give the JVMs more memory \\(--driver-memory, --executor-memory\\)", printed);
        Assert.Contains("\tat org.apache.spark", printed, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Path.Combine(_job.Output, "runs")));
    }

    private List<string> Segments() => [.. _job.RowsOfLastRun("customer_segments", "customer_id, segment, monetary").Order(StringComparer.Ordinal)];

    private static (int ExitCode, string Printed) Submit(IReadOnlyList<string> spark, IReadOnlyList<string> job)
    {
        Requires.SparkHome();
        return SubmitProcess.Run(Environment([]), [.. spark, .. job]);
    }

    private static Dictionary<string, string> Environment(Dictionary<string, string> more) =>
        new(more) { ["SPARK_HOME"] = Requires.SparkHome(), ["SPARK_LOCAL_IP"] = "127.0.0.1", ["SPARK_SUBMIT_OPTS"] = SparkFixture.QuickStart };

    // Nothing that was started for this output is left.
    private static void Gone(string output)
    {
        for (var waited = 0; StandaloneFixture.Processes(output).Count > 0; waited++)
        {
            Assert.True(waited < 200, string.Create(CultureInfo.InvariantCulture, $"processes are left: {string.Join(", ", StandaloneFixture.Processes(output))}"));
            Thread.Sleep(100);
        }
    }
}
