using RfmSpark.Spark;

namespace RfmSpark.EngineTests.Spark;

/// <summary>The client's files, given to both engines.</summary>
public abstract class FilesOnBothEngines(SparkFixture fixture) : IDisposable
{
    private protected const string Header = "customer_id,order_date,amount\n";

    private protected TestJob Job { get; } = new();

    private protected SparkFixture Fixture => fixture;

    public void Dispose()
    {
        Job.Dispose();
        GC.SuppressFinalize(this);
    }

    private protected IEnumerable<IEngine> Engines() => [new DuckDbEngine(), new SparkEngine(fixture.Session(), Path.Combine(Job.Folder, "staging"))];

    // Customers with their numbers of records.
    private protected List<string> Lines(IEngine engine, IReadOnlyList<string> paths)
    {
        engine.Load("order_records", TestJob.Config([]).Orders.FilesAt([.. paths.Select(p => Path.Combine(Job.Folder, p))]));
        return [.. engine.Read(
            Sql.Inline("SELECT customer_id, CAST(COUNT(*) AS BIGINT) FROM order_records GROUP BY customer_id ORDER BY customer_id NULLS FIRST"),
            row => $"{row.Text(0)}|{row.Long(1)}")];
    }
}
