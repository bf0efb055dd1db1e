using RfmSpark.EngineTests.Forgetting;
using RfmSpark.Forgetting;
using RfmSpark.Runs;
using RfmSpark.Spark;
using RfmSpark.Verification;

namespace RfmSpark.EngineTests.Spark;

/// <summary>Customers are forgotten on Spark as they are here, in tables that were forgotten in here before, and the tables are whole for both afterwards.</summary>
[Collection("Spark")]
public sealed class ForgetParityTests(SparkFixture fixture) : IDisposable
{
    private readonly TestJob _job = new();

    public void Dispose() => _job.Dispose();

    [SkippableFact]
    public void Customers_are_forgotten_alike()
    {
        using var spark = new SparkEngine(fixture.Session(), Path.Combine(_job.Folder, "staging"));
        using var embedded = new DuckDbEngine();
        var elsewhere = Path.Combine(_job.Folder, "elsewhere");
        foreach (var (output, engine) in new (string, IEngine)[] { (_job.Output, spark), (elsewhere, embedded) })
        {
            PublishedCustomers.CopyTo(output);
            Forget(embedded, output, "c1");
            Forget(engine, output, [.. PublishedCustomers.Forgotten]);
        }

        foreach (var table in Tables.OfCustomers) Assert.Equal(PublishedCustomers.Rows(elsewhere, table), PublishedCustomers.Rows(_job.Output, table));
        Assert.Equal(["14|25", "14|25"], _job.Rows("runs", "forgotten, customers"));
        foreach (var customer in PublishedCustomers.Forgotten.Where(PublishedCustomers.IsOwnText)) Assert.Empty(PublishedCustomers.FilesWith(_job.Output, customer));
        var all = FinishedRun.All(embedded, _job.Output);
        Assert.Empty(all.SelectMany(run => TableVerification.Faults(embedded, run, all)));
        // And both go on.
        Forget(embedded, _job.Output, "it");
        Assert.StartsWith(
            "Nobody in any table is called 'it'",
            CustomerRemoval.Forget(spark, _job.Output, ["it"], vacuum: false, new RunClock(TimeProvider.System), _job.Log),
            StringComparison.Ordinal);
    }

    private void Forget(IEngine engine, string output, params string[] customers) => CustomerRemoval.Forget(engine, output, customers, vacuum: true, new RunClock(TimeProvider.System), _job.Log);
}
