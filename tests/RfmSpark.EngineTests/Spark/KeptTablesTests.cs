using RfmSpark.Spark;

namespace RfmSpark.EngineTests.Spark;

/// <summary>What was made once is not made again.</summary>
[Collection("Spark")]
public sealed class KeptTablesTests(SparkFixture fixture) : IDisposable
{
    private static readonly Table First = Numbers("first"), Second = Numbers("second");
    private readonly string _staging = Directory.CreateTempSubdirectory("rfmspark-staging-").FullName;

    public void Dispose() => Directory.Delete(_staging, recursive: true);

    [SkippableFact]
    public void A_table_is_kept_when_what_it_was_made_of_is_made_anew_or_dropped()
    {
        using var engine = new SparkEngine(fixture.Session(), Path.Combine(_staging, "rows"));
        engine.Create(First, Sql.Inline("SELECT id AS n FROM range(100)"));
        engine.Create(Second, Sql.Inline("SELECT n + 1 AS n FROM first"));
        Assert.True(IsKept("second"));

        engine.Create(First, Sql.Inline("SELECT id AS n FROM range(50)"));
        Assert.True(IsKept("second"));
        engine.Define(First, Sql.Inline("SELECT id AS n FROM range(20)"));
        Assert.True(IsKept("second"));
        engine.Drop(First);
        Assert.True(IsKept("second"));
        engine.Drop(Second);
        Assert.Throws<EngineFault>(() => engine.Read(Sql.Inline("SELECT n FROM second"), row => row.Long(0)));
    }

    // Spark reads a kept table from memory, and shows so in its plan.
    private bool IsKept(string table)
    {
        using var rows = fixture.Session().Table(table);
        return rows.PhysicalPlan().Contains("InMemoryTableScan", StringComparison.Ordinal);
    }

    private static Table Numbers(string name) => new(name, "one row per number", [], [new Column("n", ColumnType.Long, "a number")]);
}
