namespace RfmSpark.EngineTests.Jobs;

/// <summary>The program as a user meets it: results on standard output, the log on standard error, exit codes.</summary>
public sealed class CommandLineTests : IDisposable
{
    private readonly TestJob _job = new();

    public void Dispose() => _job.Dispose();

    [Fact]
    public void The_version_is_the_one_that_runs_names()
    {
        var (exitCode, output, _) = JobProcess.Run("--version");
        JobProcess.Run("run", "--orders", Orders(), "--out", _job.Output);

        Assert.Equal(0, exitCode);
        Assert.Equal([output.Trim()], _job.Rows("runs", "program"));
    }

    [Fact]
    public void Run_publishes_and_show_prints_the_last_day()
    {
        var run = JobProcess.Run("run", "--orders", Orders(), "--out", _job.Output);
        Assert.Equal((0, ""), (run.ExitCode, run.Output));
        Assert.Contains("INFO orders: 3 rows in = 3 kept + 0 rejected; last order 2026-01-03", run.Log, StringComparison.Ordinal);
        Assert.Contains("as of 2026-01-04, the day after the last order", run.Log, StringComparison.Ordinal);

        Assert.Equal(0, JobProcess.Run("run", "--orders", Orders(), "--out", _job.Output, "--as-of", "2026-01-02").ExitCode);
        var show = JobProcess.Run("show", "customer_segments", "--out", _job.Output, "--format", "csv");
        Assert.StartsWith("as_of,customer_id,first_order,", show.Output, StringComparison.Ordinal);
        Assert.Equal(["2026-01-04,A", "2026-01-04,\"B, \"\"x\"\"\""], show.Output.Trim().Split('\n').Skip(1).Select(l => l[..l.IndexOf(",2026-01-0", 12, StringComparison.Ordinal)]));
    }

    [Fact]
    public void Backfill_publishes_every_day_from_one_reading()
    {
        var backfill = JobProcess.Run("backfill", "--orders", Orders(), "--out", _job.Output, "--from", "2026-01-01", "--to", "2026-01-15", "--every", "1w");

        Assert.Equal(0, backfill.ExitCode);
        Assert.Equal(["2026-01-01|1|1", "2026-01-08|2|3", "2026-01-15|2|3"], _job.Rows("runs", "as_of, customers, rows_kept", "ORDER BY as_of"));
        Assert.Equal(["3"], _job.Rows("runs", "COUNT(DISTINCT run)"));
    }

    [Fact]
    public void A_day_of_a_backfill_equals_a_run_of_that_day()
    {
        JobProcess.Run("backfill", "--orders", Orders(), "--out", _job.Output, "--from", "2026-01-02", "--to", "2026-01-04", "--every", "1d");
        using var single = new TestJob();
        JobProcess.Run("run", "--orders", Orders(), "--out", single.Output, "--as-of", "2026-01-02");

        const string columns = "customer_id, recency_days, frequency, monetary, segment, overall_score";
        Assert.Equal(single.Rows("customer_segments", columns, "ORDER BY customer_id"), _job.Rows("customer_segments", columns, "WHERE as_of = DATE '2026-01-02' ORDER BY customer_id"));
    }

    [Theory]
    [InlineData("2024-01-31", "2024-04-30", "1m", "2024-01-31 2024-02-29 2024-03-31 2024-04-30")]
    [InlineData("2026-01-01", "2026-01-20", "1w", "2026-01-01 2026-01-08 2026-01-15")]
    [InlineData("2026-01-01", "2026-01-01", "3d", "2026-01-01")]
    public void The_days_of_a_backfill(string from, string to, string every, string days)
    {
        var orders = _job.Write("orders.csv", "customer_id,order_date,amount\nA,2023-01-01,10\n");

        Assert.Equal(0, JobProcess.Run("backfill", "--orders", orders, "--out", _job.Output, "--from", from, "--to", to, "--every", every).ExitCode);
        Assert.Equal(days.Split(' '), _job.Rows("runs", "as_of", "ORDER BY as_of"));
    }

    [Theory]
    [InlineData("1000-01-01")]
    [InlineData("9000-12-31")]
    public void The_first_and_the_last_day_can_be_looked_from(string day)
    {
        var orders = _job.Write("orders.csv", "customer_id,order_date,amount\nA,1000-01-01,10\nB,1000-01-01,20\n");

        var run = JobProcess.Run("run", "--orders", orders, "--out", _job.Output, "--as-of", day, "--set", "migration.lookback=1000m");

        Assert.True(run.ExitCode == 0, run.Log);
        Assert.Equal([$"{day}|2"], _job.Rows("runs", "as_of, customers"));
    }

    [Fact]
    public void Orders_without_a_purchase_are_refused_by_check_as_by_run()
    {
        var orders = _job.Write("orders.csv", "customer_id,order_date,amount\nA,2026-01-01,-10\nB,2026-01-02,0\n");

        foreach (var command in new[] { new[] { "check" }, ["run", "--out", _job.Output] })
        {
            var refused = JobProcess.Run([.. command, "--orders", orders]);
            Assert.Equal(3, refused.ExitCode);
            Assert.Contains("has a purchase (a day that comes to more than zero)", refused.Log, StringComparison.Ordinal);
        }
        Assert.False(Directory.Exists(_job.Output));
    }

    [Fact]
    public void Orders_of_the_future_need_a_day_to_look_from()
    {
        var orders = _job.Write("orders.csv", "customer_id,order_date,amount\nA,2026-01-01,10\nB,8999-01-01,20\nC,8999-02-01,20\n");
        const string Said = "; lines dated later than tomorrow: 2. Mend them, or name the day for run to look from with --as-of";

        var (check, run) = (JobProcess.Run("check", "--orders", orders), JobProcess.Run("run", "--orders", orders, "--out", _job.Output));

        Assert.Equal((0, 3), (check.ExitCode, run.ExitCode));
        Assert.All([check.Log, run.Log], log => Assert.Contains(Said, log, StringComparison.Ordinal));
        Assert.False(Directory.Exists(_job.Output));
        Assert.Equal(0, JobProcess.Run("run", "--orders", orders, "--out", _job.Output, "--as-of", "2026-02-01").ExitCode);
        Assert.Equal(["2026-02-01|1"], _job.Rows("runs", "as_of, customers"));
    }

    [Fact]
    public void Check_looks_and_writes_nothing()
    {
        var check = JobProcess.Run("check", "--orders", Orders());

        Assert.Equal(0, check.ExitCode);
        Assert.Contains("Nothing was written", check.Log, StringComparison.Ordinal);
        Assert.Equal(["orders.csv"], Directory.GetFileSystemEntries(_job.Folder).Select(Path.GetFileName));
    }

    [Fact]
    public void Tables_prints_the_contract()
    {
        var tables = JobProcess.Run("tables");

        Assert.All(Tables.Published, table => Assert.Contains($"{table.Name}: {table.Grain}", tables.Output, StringComparison.Ordinal));
        Assert.Contains("decimal(18,2)", tables.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Generated_orders_are_the_same_for_a_seed_and_can_be_run()
    {
        string[] files = ["a.parquet", "b.csv", "c.csv.gz"];
        foreach (var file in files) Assert.Equal(0, JobProcess.Run("generate", "--customers", "500", "--seed", "9", "--days", "100", "--out", Path.Combine(_job.Folder, file)).ExitCode);

        var results = files.Select(file =>
        {
            Assert.Equal(0, JobProcess.Run("run", "--orders", Path.Combine(_job.Folder, file), "--out", _job.Output, "--set", "orders.columns.order_id=order_id").ExitCode);
            return _job.Rows("runs", "customers, revenue, rows_in, rows_repeated").Single();
        }).ToList();

        Assert.StartsWith("500|", results[0], StringComparison.Ordinal);
        Assert.Single(results.Distinct());
    }

    [Theory]
    [InlineData(2, "Try --help", "rnu")]
    [InlineData(2, "--orders", "run", "--out", "x")]
    [InlineData(2, "There is no option --settings; --help lists them", "run", "--orders", "x.csv", "--settings", "y.json", "--out", "x")]
    [InlineData(2, "write a day as yyyy-MM-dd", "run", "--orders", "x.csv", "--out", "x", "--as-of", "31.12.2025")]
    [InlineData(2, "--as-of is 9999-12-31; it must be 1000-01-01 to 9000-12-31.", "run", "--orders", "x.csv", "--out", "x", "--as-of", "9999-12-31")]
    [InlineData(2, "--as-of is 0001-01-01; it must be", "show", "runs", "--out", "x", "--as-of", "0001-01-01")]
    [InlineData(2, "--from is 0999-12-31; it must be", "backfill", "--orders", "x.csv", "--out", "x", "--from", "0999-12-31", "--to", "2026-01-03", "--every", "1w")]
    [InlineData(2, "--to is 9001-01-01; it must be", "experiment", "measure", "--name", "a", "--orders", "x.csv", "--out", "x", "--from", "2026-01-02", "--to", "9001-01-01")]
    [InlineData(2, "--set rfm.bins: write", "run", "--orders", "x.csv", "--out", "x", "--set", "rfm.bins")]
    [InlineData(2, "Did you mean legend?", "run", "--orders", "x.csv", "--out", "x", "--set", "rfm.legends=x")]
    [InlineData(2, "there are eleven-segments", "run", "--orders", "x.csv", "--out", "x", "--set", "rfm.legend=x")]
    [InlineData(3, "there is no file", "run", "--orders", "x.csv", "--out", "x")]
    [InlineData(2, "There is no table 'nothing'", "show", "nothing", "--out", "x")]
    [InlineData(2, "holds no finished run yet", "show", "runs", "--out", "x")]
    [InlineData(2, "--out is hdfs:///x; show takes a path on this machine's file systems", "show", "runs", "--out", "hdfs:///x/")]
    [InlineData(2, "Put the options of Spark before the command", "push", "--to", "postgres", "--out", "s3a://x/y", "--connection", "Host=x")]
    [InlineData(2, "--out is s3a://x/y; without Spark that is a path", "verify", "--out", "s3a://x/y")]
    [InlineData(2, "Put the options of Spark before the command", "run", "--orders", "x.csv", "--out", "hdfs:///x")]
    [InlineData(2, "Put the options of Spark before the command", "forget", "--customer", "A", "--out", "hdfs:///x")]
    [InlineData(2, "lies before", "backfill", "--orders", "x.csv", "--out", "x", "--from", "2026-01-02", "--to", "2026-01-01", "--every", "1w")]
    [InlineData(2, "such as 1d, 1w or 1m", "backfill", "--orders", "x.csv", "--out", "x", "--from", "2026-01-02", "--to", "2026-01-03", "--every", "week")]
    [InlineData(2, "engine.memoryLimit is 'much'", "verify", "--out", "x", "--set", "engine.memoryLimit=much")]
    [InlineData(2, "engine.memoryLimit is 'much'", "report", "--out", "x", "--set", "engine.memoryLimit=much")]
    [InlineData(2, "engine.memoryLimit is 'much'", "show", "runs", "--out", "x", "--set", "engine.memoryLimit=much")]
    [InlineData(2, "engine.memoryLimit is 'much'", "push", "--to", "postgres", "--connection", "Host=x", "--out", "x", "--set", "engine.memoryLimit=much")]
    [InlineData(2, "'--limit' as a whole number", "show", "runs", "--out", "x", "--limit", "x")]
    [InlineData(2, "'--holdout' as a number", "experiment", "assign", "--name", "x", "--segment", "x", "--out", "x", "--holdout", "x")]
    [InlineData(2, "--set orders.dateFormats=dd.MM.yyyy,dd/MM/yyyy", "check", "--orders", "x.csv", "--set", "orders.dateFormats=[\"dd.MM.yyyy\", \"dd/MM/yyyy\"]")]
    [InlineData(3, "there is no file", "check", "--orders", "x.csv", "--set", "report.title=[A title]")]
    [InlineData(2, "must end in .parquet or .csv", "generate", "--customers", "5", "--out", "/tmp/rfmspark-orders.xlsx")]
    [InlineData(2, "--out is empty", "run", "--orders", "x.csv", "--out", "")]
    [InlineData(2, "--seed is -5", "generate", "--customers", "1", "--seed", "-5", "--out", "/tmp/x.csv")]
    [InlineData(4, "pipe", "generate", "--customers", "5", "--out", "/etc/passwd/pipe/x.csv")]
    [InlineData(2, "it must be 1 or more", "generate", "--customers", "0", "--out", "/tmp/x.csv")]
    [InlineData(2, "--connection holds a password", "push", "--to", "postgres", "--out", "x", "--connection", "Host=x;Username=y;Password=geheim")]
    [InlineData(2, "--connection holds a password", "push", "--to", "postgres", "--out", "x", "--connection", "Host=x;pwd='geheim'")]
    [InlineData(2, "--connection is no connection string of Npgsql", "push", "--to", "postgres", "--out", "x", "--connection", "Host=x;Minimum Pool Size=10;Maximum Pool Size=1")]
    [InlineData(2, "lies in --orders", "run", "--orders", "da?a/*", "--out", "data/segments")]
    [InlineData(2, "lies in --orders", "run", "--orders", "data/[a-s]*", "--out", "data/segments/shop")]
    [InlineData(2, "--connection is no connection string", "push", "--to", "postgres", "--out", "x", "--connection", "postgresql://y:geheim@x/z")]
    [InlineData(2, "--connection is no connection string", "push", "--to", "postgres", "--out", "x", "--connection", "Host=x;Pasword=geheim")]
    [InlineData(2, "--connection names no Host", "push", "--to", "postgres", "--out", "x", "--connection", "Database=x")]
    [InlineData(2, "--connection names port 70000", "push", "--to", "postgres", "--out", "x", "--connection", "Host=localhost;Port=70000")]
    [InlineData(2, "holds no finished run yet", "push", "--to", "postgres", "--out", "x", "--connection", "Host=x")]
    [InlineData(2, "--table is ''", "push", "--to", "postgres", "--out", "x", "--connection", "Host=x", "--table", "")]
    [InlineData(2, "--customer", "forget", "--out", "x")]
    [InlineData(2, "--out", "forget", "--customer", "A")]
    [InlineData(2, "--customer is empty", "forget", "--customer", "", "--out", "x")]
    [InlineData(2, "'--vacuumm'", "forget", "--customer", "A", "--vacuumm", "--out", "x")]
    [InlineData(2, "x holds no tables of customers. Look at --out.", "forget", "--customer", "@A", "--out", "x")]
    [InlineData(2, "postgres", "push", "--to", "oracle", "--out", "x", "--connection", "Host=x")]
    public void A_wrong_command_line_is_a_sentence_and_an_exit_code(int exitCode, string message, params string[] arguments)
    {
        var run = JobProcess.Run(arguments);

        Assert.Equal(exitCode, run.ExitCode);
        Assert.Contains(message, run.Log, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", run.Log, StringComparison.Ordinal);
        Assert.DoesNotContain("geheim", run.Log, StringComparison.Ordinal);
    }

    [Fact]
    public void A_backfill_of_days_before_the_first_order_publishes_nothing_and_says_so()
    {
        var backfill = JobProcess.Run("backfill", "--orders", Orders(), "--out", _job.Output, "--from", "2020-01-01", "--to", "2020-12-31", "--every", "1m");

        Assert.Equal(3, backfill.ExitCode);
        Assert.Contains("after 2020-12-01, the last day of this backfill, so there is no day to publish", backfill.Log, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_job.Output));
    }

    [Fact]
    public void Tables_among_the_orders_are_refused_before_the_next_run_reads_them()
    {
        var orders = Orders();

        var run = JobProcess.Run("run", "--orders", Path.GetDirectoryName(orders)!, "--out", Path.Combine(Path.GetDirectoryName(orders)!, "out"));

        Assert.Equal(2, run.ExitCode);
        Assert.Contains("the next run would take the tables for orders", run.Log, StringComparison.Ordinal);
    }

    [Fact]
    public void A_day_before_published_ones_is_published_with_a_warning()
    {
        JobProcess.Run("run", "--orders", Orders(), "--out", _job.Output);

        var earlier = JobProcess.Run("run", "--orders", Orders(), "--out", _job.Output, "--as-of", "2026-01-02");

        Assert.Equal(0, earlier.ExitCode);
        Assert.Contains("2026-01-04 is published already, without 2026-01-02 to look back to", earlier.Log, StringComparison.Ordinal);
    }

    [Fact]
    public void A_page_is_written_again_under_another_heading_and_currency_if_these_are_said()
    {
        JobProcess.Run("run", "--orders", Orders(), "--out", _job.Output, "--set", "report.title=First name", "--set", "report.currency=USD");
        string PageAfter(params string[] settings)
        {
            JobProcess.Run(["report", "--out", _job.Output, .. settings.SelectMany(s => new[] { "--set", s })]);
            return File.ReadAllText(Path.Combine(_job.Output, "report.html"));
        }

        Assert.All(["<h1>First name", ">$20.50"], text => Assert.Contains(text, PageAfter(), StringComparison.Ordinal));
        Assert.All(["<h1>Second name", ">&#x20AC;20.50"], text => Assert.Contains(text, PageAfter("report.title=Second name", "report.currency=EUR"), StringComparison.Ordinal));
    }

    [Fact]
    public void An_interrupted_run_ends_with_130_and_publishes_nothing()
    {
        var orders = Path.Combine(_job.Folder, "orders.parquet");
        JobProcess.Run("generate", "--customers", "400000", "--out", orders);
        using var run = JobProcess.Start("run", "--orders", orders, "--out", _job.Output);
        while (run.StandardError.ReadLine() is { } line && !line.Contains("RfmSpark", StringComparison.Ordinal)) { }
        Thread.Sleep(300);
        System.Diagnostics.Process.Start("kill", ["-INT", run.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]).WaitForExit();
        var log = run.StandardError.ReadToEnd();
        run.WaitForExit();

        Assert.Equal(130, run.ExitCode);
        Assert.Contains("Interrupted", log, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_job.Output));
    }

    private string Orders() => _job.Write("orders.csv", "customer_id,order_date,amount\nA,2026-01-01,10\n\"B, \"\"x\"\"\",2026-01-02,20.50\nA,2026-01-03,5\n");
}
