using System.Globalization;
using RfmSpark.Experiments;
using RfmSpark.Intake;
using RfmSpark.Runs;
using RfmSpark.Spark;

namespace RfmSpark.EngineTests.Spark;

/// <summary>Experiments on both engines: the same customers in the same arms, and the same effects.</summary>
[Collection("Spark")]
public sealed class ExperimentParityTests(SparkFixture fixture) : IDisposable
{
    private static readonly RunClock Clock = new(TimeProvider.System);
    private readonly TestJob _job = new();

    public void Dispose() => _job.Dispose();

    [SkippableFact]
    public void Customers_are_dealt_and_measured_alike()
    {
        var orders = Requires.Data("cdnow_sample.csv");
        _job.Run(orders, "1997-10-01", "cdnow", "clusters.replicates=1", "clusters.restarts=1");
        using var spark = new SparkEngine(fixture.Session(), Path.Combine(_job.Folder, "staging"));
        using var embedded = new DuckDbEngine();
        var config = TestJob.Config([], "cdnow").Orders;

        var plan = new ExperimentPlan("autumn", [], 0.2m, ["mail", "call"], 30, null);
        Assert.Equal(new DateOnly(1997, 10, 1), ExperimentAssignment.Publish(spark, plan, _job.Output, null, Clock));
        var elsewhere = Path.Combine(_job.Folder, "elsewhere");
        FolderCopy.Make(_job.Output, elsewhere);
        foreach (var table in new[] { "experiments", "experiment_power" }) Directory.Delete(Path.Combine(elsewhere, table), recursive: true);
        ExperimentAssignment.Publish(embedded, plan, elsewhere, null, Clock);
        foreach (var (table, columns) in new[]
        {
            ("experiments", "customer_id, segment, arm, share"),
            ("experiment_power", "segment, arm, customers, control_customers, days, ROUND(baseline * 1e9), ROUND(conversion_uplift * 1e9)"),
        })
            Assert.Equal(TestJob.Rows(elsewhere, table, columns).Order(StringComparer.Ordinal), _job.Rows(table, columns).Order(StringComparer.Ordinal));

        Assert.Equal(Effects(embedded, elsewhere), Effects(spark, _job.Output));
        var file = new ExperimentFile([Requires.Data("hillstrom.csv.gz")], "segment", ["visit", "spend"], "history");
        Assert.Equal(FileEffects(embedded, file), FileEffects(spark, file));

        List<string> Effects(IEngine engine, string output)
        {
            var experiment = AssignedExperiment.Open(engine, "autumn", output);
            Orders.Load(engine, config, [orders]);
            return Text(ExperimentEffects.Of(experiment.Measure(engine, new DateOnly(1997, 10, 1), new DateOnly(1997, 12, 31)), experiment.Arms));
        }

        List<string> FileEffects(IEngine engine, ExperimentFile source)
        {
            var sums = source.Measure(engine, config);
            return Text(ExperimentEffects.Of(sums, source.ArmsOf(sums, "No E-Mail", new Dictionary<string, double>())));
        }
    }

    private static List<string> Text(IReadOnlyList<Effect> effects) => [.. effects.Select(e => string.Create(CultureInfo.InvariantCulture,
        $"{e.Outcome}|{e.Segment}|{e.Arm}|{e.Group.Customers}|{e.Control.Customers}|{e.Plain?.Uplift:G9}|{e.Plain?.Low:G9}|{e.Plain?.P:G9}|{e.Adjusted?.Adjusted.Uplift:G9}|{e.RatioP:G9}"))];
}
