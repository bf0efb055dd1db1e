using RfmSpark.Clv;
using RfmSpark.Spark;

namespace RfmSpark.EngineTests.Spark;

/// <summary>
/// One truth on two engines: every published table is the same, keys, counts, days and decimals exactly, doubles to 1e-9, however Spark cuts the work. Every case runs in <c>local[2]</c>, and each
/// set of orders in <c>local-cluster</c> and on a standalone cluster, with 1, 7 and 2 partitions, which go with these; one of them meets all three in one place. With <c>RFMSPARK_PARITY=all</c> every
/// case meets all three wherever it runs.
/// </summary>
[Collection("Spark")]
public sealed class ParityTests(SparkFixture fixture) : IDisposable
{
    private readonly string _staging = Directory.CreateTempSubdirectory("rfmspark-staging-").FullName;

    public void Dispose() => Directory.Delete(_staging, recursive: true);

    public static TheoryData<string, int> Cases =>
        ParityCase.Theory(
            ParityCase.Cut(ParityCase.Names, 1).Union([("cdnow_sample", SparkFixture.Partitions), ("cdnow_sample", SparkFixture.ManyPartitions)]));

    [SkippableTheory, MemberData(nameof(Cases))]
    public void The_tables_are_the_same(string name, int partitions)
    {
        using var engine = new SparkEngine(fixture.Session(partitions), Path.Combine(_staging, "rows"));

        if (partitions == SparkFixture.Partitions) ParityCase.Of(name).Check(engine);
        else ParityCase.Of(name).CheckUnpublished(engine);
    }

    [SkippableFact]
    public void They_are_with_more_histories_than_each_machine_can_have()
    {
        using var engine = new SparkEngine(fixture.Session(SparkFixture.Partitions), Path.Combine(_staging, "rows"));

        ParityCase.Of("cdnow_sample").CheckUnpublished(new ManyHistories(engine));
    }

    // Customers go to their histories and come back.
    private sealed class ManyHistories(IEngine inner) : ForwardingEngine(inner)
    {
        public override void Create(Table table, Sql select) => base.Create(table, table.Name switch
        {
            "customer_values" => select.With("join_hint", PatternJoin.Hint("clv_patterns", int.MaxValue)),
            "earlier_customers" => select.With("join_hint", PatternJoin.Hint("alive_patterns", int.MaxValue)),
            _ => select,
        });
    }
}

/// <summary>The same with two executors in processes of their own.</summary>
[Collection("Spark, local cluster")]
public sealed class LocalClusterParityTests(LocalClusterFixture fixture) : IDisposable
{
    private readonly string _staging = Directory.CreateTempSubdirectory("rfmspark-staging-").FullName;

    public void Dispose() => Directory.Delete(_staging, recursive: true);

    public static TheoryData<string, int> Cases => ParityCase.Theory(ParityCase.Cut(ParityCase.DataSets, SparkFixture.ManyPartitions));

    [SkippableTheory, MemberData(nameof(Cases))]
    public void The_tables_are_the_same(string name, int partitions)
    {
        using var engine = new SparkEngine(fixture.Session(partitions), Path.Combine(_staging, "rows"));

        ParityCase.Of(name).CheckUnpublished(engine);
    }
}
