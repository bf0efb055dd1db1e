using System.Text.Json.Nodes;

namespace RfmSpark.EngineTests.Jobs;

/// <summary>The log for programs that watch, and for those who want to hear of trouble alone.</summary>
public sealed class LogTests : IDisposable
{
    private const string Orders = "customer_id,order_date,amount\nA,2026-01-05,10\nB,2026-01-06,20.50\nB,2026-01-16,20\nC,x,1\n";
    private readonly TestJob _job = new();

    public void Dispose() => _job.Dispose();

    [Fact]
    public void A_run_whose_tables_are_written_is_a_line_of_JSON()
    {
        var ran = JobProcess.Run("run", "--orders", _job.Write("orders.csv", Orders), "--out", _job.Output, "--set", "orders.maxBadRows=1");

        Assert.Equal(0, ran.ExitCode);
        var line = Assert.Single(ran.Log.Split('\n'), l => l.Contains(" INFO run {", StringComparison.Ordinal));
        Check(JsonNode.Parse(line[line.IndexOf('{', StringComparison.Ordinal)..])!.AsObject(), ran.Log);
    }

    [Fact]
    public void Every_line_is_an_object_if_asked_for()
    {
        var ran = JobProcess.Run("run", "--orders", _job.Write("orders.csv", Orders), "--out", _job.Output, "--set", "orders.maxBadRows=1", "--log", "json");

        var lines = ran.Log.Trim().Split('\n').Select(l => JsonNode.Parse(l)!.AsObject()).ToList();
        Assert.All(lines, l => Assert.Matches("^20[0-9]{2}-[0-9]{2}-[0-9]{2}T[0-9:.]+Z$", l["time"]!.GetValue<string>()));
        Check(lines.Single(l => l.ContainsKey("run"))["run"]!.AsObject(), ran.Log);

        var failed = JobProcess.Run("run", "--orders", _job.Write("orders.csv", Orders), "--out", _job.Output, "--log", "json");
        Assert.Equal(3, failed.ExitCode);
        var last = JsonNode.Parse(failed.Log.Trim().Split('\n')[^1])!;
        Assert.Equal("ERROR", last["level"]!.GetValue<string>());
        Assert.Contains("1 of 4 rows", last["message"]!.GetValue<string>(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("'rnu'", "rnu", "--log", "json")]
    [InlineData("'--nonsense'", "run", "--log=json", "--orders", "x.csv", "--out", "x", "--nonsense")]
    [InlineData("--orders", "--log", "json", "run", "--out", "x")]
    [InlineData("'xml'", "show", "runs", "--out", "x", "--format", "xml", "--log", "json")]
    public void A_command_line_with_errors_is_an_object_too(string named, params string[] arguments)
    {
        var failed = JobProcess.Run(arguments);

        Assert.Equal(2, failed.ExitCode);
        var line = JsonNode.Parse(failed.Log)!;
        Assert.Equal("ERROR", line["level"]!.GetValue<string>());
        Assert.Contains(named, line["message"]!.GetValue<string>(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_log_that_cannot_be_written_ends_no_run()
    {
        var program = Path.Combine(AppContext.BaseDirectory, "RfmSpark.Jobs.dll");
        using var ran = System.Diagnostics.Process.Start(
            "sh",
            [
                "-c", "exec dotnet \"$0\" run --orders \"$1\" --out \"$2\" --set orders.maxBadRows=1 2> /dev/full", program,
                _job.Write("orders.csv", Orders), _job.Output,
            ]);
        ran.WaitForExit();

        Assert.Equal(0, ran.ExitCode);
        Assert.Equal(["2"], _job.Rows("runs", "customers"));
    }

    [Fact]
    public void An_unknown_form_of_the_log_is_refused_in_text()
    {
        var failed = JobProcess.Run("tables", "--log", "xml");

        Assert.Equal(2, failed.ExitCode);
        Assert.EndsWith("Try --help.", failed.Log.Trim(), StringComparison.Ordinal);
    }

    [Fact]
    public void That_there_are_more_rows_is_an_object_too()
    {
        _job.Run(_job.Write("orders.csv", "customer_id,order_date,amount\nA,2026-01-05,10\nB,2026-01-06,20\n"));

        var shown = JobProcess.Run("show", "customer_segments", "--out", _job.Output, "--limit", "1", "--log", "json");

        Assert.StartsWith("There are more rows", JsonNode.Parse(shown.Log)!["message"]!.GetValue<string>(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_quiet_run_says_what_someone_should_look_at_and_no_more()
    {
        var ran = JobProcess.Run("run", "--orders", _job.Write("orders.csv", Orders), "--out", _job.Output, "--set", "orders.maxBadRows=1", "--quiet");

        Assert.Equal(0, ran.ExitCode);
        Assert.All(ran.Log.Split('\n', StringSplitOptions.RemoveEmptyEntries), line => Assert.Contains(" WARN ", line, StringComparison.Ordinal));
        Assert.Contains("CLV is not to be relied on", ran.Log, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/dev/pts/none")]
    public void A_terminal_that_cannot_be_opened_gets_no_bars_and_the_log_its_lines(string terminal)
    {
        var ran = JobProcess.End(JobProcess.StartIn(_job.Folder, ["check", "--orders", _job.Write("orders.csv", Orders), "--set", "orders.maxBadRows=1"],
            new Dictionary<string, string> { ["RFMSPARK_TERMINAL"] = terminal, ["RFMSPARK_COLUMNS"] = "80" }));

        Assert.Equal(0, ran.ExitCode);
        Assert.Contains("Nothing was written", ran.Log, StringComparison.Ordinal);
        // A bar is drawn on a line of its own, and has no level.
        Assert.All(ran.Log.Split('\n', StringSplitOptions.RemoveEmptyEntries), line => Assert.Matches("^[0-9:]{8} (INFO|WARN) [^\u001b\u2501]*$", line));
    }

    private void Check(JsonObject run, string log)
    {
        Assert.Equal(
            ("2026-01-17", 4, 3, 1, 2, 50.5m),
            (
                run["as_of"]!.GetValue<string>(), run["rows_in"]!.GetValue<int>(), run["rows_kept"]!.GetValue<int>(),
                run["rows_rejected"]!.GetValue<int>(), run["customers"]!.GetValue<int>(), run["revenue"]!.GetValue<decimal>()));
        Assert.Equal(Tables.Published.Select(t => t.Name).Order(), run["table_versions"]!.AsObject().Select(v => v.Key).Order());
        Assert.Equal(
            ["orders", "summary", "scores", "clusters", "clv", "segments", "cohorts", "campaigns", "channels", "prices", "migration", "publish"],
            run["seconds"]!.AsObject().Select(s => s.Key));
        Assert.NotEmpty(run["warnings"]!.AsArray());
        Assert.All(run["warnings"]!.AsArray(), w => Assert.Contains(w!.GetValue<string>(), log.Replace("\\\"", "\"", StringComparison.Ordinal), StringComparison.Ordinal));
        Assert.Equal(_job.Rows("runs", "run, engine"), [$"{run["run"]}|{run["engine"]}"]);
    }
}
