using System.Globalization;
using System.Text.RegularExpressions;
using RfmSpark.Numerics;
using RfmSpark.Runs;
using RfmSpark.Verification;

namespace RfmSpark.EngineTests.Jobs;

/// <summary>Runs that are killed, and runs that meet: no table is ever seen half written.</summary>
public sealed partial class KilledRunTests(Xunit.Abstractions.ITestOutputHelper output) : IDisposable
{
    private const int Kills = 50;
    private const double PublishingSeconds = 0.6;
    private readonly TestJob _job = new();

    public void Dispose() => _job.Dispose();

    [Fact]
    public void Killed_at_any_moment_a_run_leaves_the_tables_as_the_last_finished_run_did()
    {
        // Two sets of orders, published in turn for the same day. After each kill every table is whole, the versions that `runs` names are
        // those of one finished run, and in the end the next run succeeds.
        string[] orders = [Generate(2_000, 1), Generate(1_500, 2)];
        Dictionary<string, List<string>> whole = Checked.ToDictionary(table => table, _ => new List<string>());
        var seconds = 0.0;
        foreach (var file in orders)
        {
            var start = System.Diagnostics.Stopwatch.GetTimestamp();
            Assert.Equal(0, Run(file).ExitCode);
            seconds = System.Diagnostics.Stopwatch.GetElapsedTime(start).TotalSeconds;
            foreach (var table in Checked) whole[table].Add(_job.Rows(table, Columns(table)).Single());
        }

        var random = new Pcg32(3);
        var (killed, halfWay) = (0, 0);
        for (var kill = 0; kill < Kills; kill++)
        {
            using var process = JobProcess.Start(Arguments(orders[kill / 2 % 2]));
            // Every other kill falls on the time in which tables are published, the rest anywhere.
            var publishing = kill % 2 == 0;
            while (publishing && process.StandardError.ReadLine() is { } line && !LastBeforePublishing().IsMatch(line)) { }
            if (!process.WaitForExit(TimeSpan.FromSeconds(random.NextDouble() * (publishing ? PublishingSeconds : seconds))))
            {
                process.Kill();
                process.WaitForExit();
                killed++;
            }
            var finished = Checked.Select(table => whole[table].IndexOf(_job.RowsOfLastRun(table, Columns(table)).Single())).Distinct().ToList();
            Assert.Single(finished);
            Assert.InRange(finished[0], 0, 1);
            var newest = Checked.Select(table => whole[table].IndexOf(_job.Rows(table, Columns(table)).Single())).ToList();
            Assert.DoesNotContain(-1, newest);
            using (var engine = new DuckDbEngine()) Assert.Empty(TableVerification.Faults(engine, FinishedRun.Find(engine, _job.Output, null), []));
            if (newest.Any(state => state != finished[0])) halfWay++;
        }

        Assert.InRange(killed, Kills / 2, Kills);
        Assert.InRange(halfWay, 3, Kills);
        output.WriteLine($"{killed} of {Kills} runs were killed, {halfWay} of them between two tables");
        Assert.Equal(0, Run(orders[0]).ExitCode);
        foreach (var table in Checked) Assert.Equal(whole[table][0], _job.Rows(table, Columns(table)).Single());
    }

    [Fact]
    public async Task Two_runs_at_once_on_one_output_both_finish_or_one_says_why()
    {
        string[] orders = [Generate(2_000, 1), Generate(1_500, 2)];
        for (var round = 0; round < 5; round++)
        {
            var runs = orders.Select(file => JobProcess.Start(Arguments(file))).ToList();
            var logs = runs.ConvertAll(run => run.StandardError.ReadToEndAsync());
            for (var i = 0; i < runs.Count; i++)
            {
                var log = await logs[i];
                await runs[i].WaitForExitAsync();
                if (runs[i].ExitCode != 0) Assert.Contains("another run writes to these tables", log, StringComparison.Ordinal);
            }
            Assert.Contains(runs, run => run.ExitCode == 0);
            // All tables are those of one run: its number of customers is the number of rows.
            Assert.Equal(_job.Rows("runs", "customers, revenue"), _job.Rows("customer_segments", "COUNT(*), SUM(monetary)"));
            Assert.Equal(_job.Rows("runs", "customers"), _job.Rows("segment_summary", "CAST(SUM(customers) AS BIGINT)", "WHERE scheme = 'rfm'"));
            runs.ForEach(run => run.Dispose());
        }
    }

    private static IEnumerable<string> Checked => ["customer_segments", "segment_summary", "score_bands"];

    private static string Columns(string table) => table switch
    {
        "customer_segments" => "COUNT(*), COUNT(DISTINCT customer_id), SUM(monetary), CAST(SUM(overall_score) AS BIGINT)",
        "segment_summary" => "COUNT(*), CAST(SUM(customers) AS BIGINT), SUM(revenue)",
        _ => "COUNT(*), CAST(SUM(customers) AS BIGINT), SUM(greatest)",
    };

    private (int ExitCode, string Output, string Log) Run(string orders) => JobProcess.Run(Arguments(orders));

    private IReadOnlyList<string> Arguments(string orders) =>
    [
        "run", "--orders", orders, "--out", _job.Output, "--as-of", "2026-01-01", "--set", "engine.memoryLimit=1GB", "--set", "clusters.replicates=2",
        "--set", "clusters.restarts=1", "--set", "clusters.mostClusters=4", "--set", "clv.model=nbd", "--set", "clv.calibration=1",
    ];

    private string Generate(int customers, int seed)
    {
        var path = Path.Combine(_job.Folder, $"{seed.ToString(CultureInfo.InvariantCulture)}.parquet");
        Assert.Equal(0, JobProcess.Run("generate", "--customers", customers.ToString(CultureInfo.InvariantCulture), "--seed", seed.ToString(CultureInfo.InvariantCulture), "--out", path).ExitCode);
        return path;
    }

    [GeneratedRegex(@"INFO migration: [0-9.]+ s$")]
    private static partial Regex LastBeforePublishing();
}
