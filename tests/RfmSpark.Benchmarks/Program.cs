using System.Diagnostics;
using System.Globalization;
using RfmSpark;
using RfmSpark.Benchmarks;
using RfmSpark.Campaigns;
using RfmSpark.DuckDb;
using RfmSpark.Engine;
using RfmSpark.Rfm;
using RfmSpark.Runs;
using RfmSpark.Settings;

// The whole run against one bare GROUP BY over the same file in the same process, in turn, so that a machine whose speed drifts
// slows both; the stages of clusters and of values, which no GROUP BY compares with, are told apart. Usage: dotnet run -c Release --project
// tests/RfmSpark.Benchmarks -- ORDERS.parquet [ROUNDS] [MEMORY]; with values before ORDERS.parquet, the parts of customer lifetime value alone.
// (orders made by: ./submit.sh generate --customers 1000000 --out ORDERS.parquet)
var valuesOnly = args is ["values", ..];
if (valuesOnly) args = args[1..];
var orders = args[0];
var rounds = args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 5;
var memory = args.Length > 2 ? args[2] : "1GB";
var conf = Path.Combine(AppContext.BaseDirectory, "conf");
var config = SettingsBinder.Bind(new SettingsSources().AddFile(Path.Combine(conf, "base.json")).AddPairs(["orders.columns.order_id=order_id", $"engine.memoryLimit={memory}"]));
if (valuesOnly)
{
    ValueBenchmark.Run(orders, rounds, config);
    return;
}

var segments = SegmentsFile.Read(Path.Combine(conf, config.Rfm.SegmentsFile));
var campaigns = CampaignsFile.Read(Path.Combine(conf, config.Campaigns.File));
var output = Directory.CreateTempSubdirectory("rfmspark-benchmark-").FullName;
string[] deciding = ["cohorts", "campaigns", "channels", "prices", "migration"];
List<double> bare = [], whole = [], clusters = [], values = [], decisions = [];
RunRecord? run = null;
var customers = 0L;
try
{
    for (var round = 0; round <= rounds; round++)
    {
        var (b, w) = (Seconds(Bare), Seconds(Whole));
        if (round == 0) continue;   // The first round warms the disk's cache and the code.
        bare.Add(b);
        whole.Add(w);
        clusters.Add(run!.Seconds["clusters"]);
        values.Add(run.Seconds["clv"]);
        decisions.Add(deciding.Sum(stage => run.Seconds[stage]));
    }
}
finally
{
    Directory.Delete(output, recursive: true);
}
var ratios = bare.Select((b, i) => (whole[i] - clusters[i] - values[i]) / b).Order().ToList();
Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
    $"{customers:N0} customers, {Environment.ProcessorCount} cores, engine.memoryLimit {memory}, {rounds} rounds: "
    + $"bare {Median.Of(bare):0.00} s, whole run {Median.Of(whole):0.00} s, "
    + $"clusters of it {Median.Of(clusters):0.00} s ({clusters.Min():0.00} to {clusters.Max():0.00}), "
    + $"values {Median.Of(values):0.00} s ({values.Min():0.00} to {values.Max():0.00}), "
    + $"from cohorts to migration {Median.Of(decisions):0.00} s ({decisions.Min():0.00} to {decisions.Max():0.00}), "
    + $"ratio of the rest {Median.Of(ratios):0.00} ({ratios[0]:0.00} to {ratios[^1]:0.00}), "
    + $"peak memory {Process.GetCurrentProcess().PeakWorkingSet64 / (1024.0 * 1024 * 1024):0.00} GiB"));

void Bare()
{
    using var engine = new DuckDbEngine(new DuckDbOptions(memory));
    customers = engine.Read(Sql.Inline($"SELECT customer_id, CAST(count(*) AS BIGINT), sum(amount), max(order_date) FROM read_parquet('{orders}') GROUP BY 1"), row => row.Long(1)).Count;
}

void Whole()
{
    using var engine = new DuckDbEngine(new DuckDbOptions(memory));
    var pipeline = new Pipeline(engine, config, segments, campaigns, new SilentLog());
    var input = pipeline.Read([orders]);
    run = pipeline.Publish(input, input.Orders.LastOrder.AddDays(1), output, new RunClock(TimeProvider.System));
}

static double Seconds(Action work)
{
    var start = Stopwatch.GetTimestamp();
    work();
    return Stopwatch.GetElapsedTime(start).TotalSeconds;
}

internal sealed class SilentLog : IRunLog, IDisposable
{
    public IDisposable Stage(string name) => this;
    public void Info(string message) { }
    public void Warn(string message) { }
    public void Finished(System.Text.Json.Nodes.JsonObject run) { }
    public void Dispose() { }
}
