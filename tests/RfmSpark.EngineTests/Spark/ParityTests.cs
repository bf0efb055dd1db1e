using RfmSpark.Spark;

namespace RfmSpark.EngineTests.Spark;

/// <summary>
/// One truth on two engines: every published table is the same, keys, counts, days and decimals exactly, doubles to 1e-9, however Spark cuts the work. Every case runs in <c>local[2]</c>, and each
/// set of orders in <c>local-cluster</c> and on a standalone cluster, with 1, 7 and 2 partitions, which go with these; one of them meets all three in one place.
/// </summary>
[Collection("Spark")]
public sealed class ParityTests(SparkFixture fixture) : IDisposable
{
    private const int Published = 2;
    private readonly string _staging = Directory.CreateTempSubdirectory("rfmspark-staging-").FullName;

    public void Dispose() => Directory.Delete(_staging, recursive: true);

    public static TheoryData<string, int> Cases
    {
        get
        {
            var cases = new TheoryData<string, int>();
            foreach (var name in ParityCase.Names) cases.Add(name, 1);
            foreach (var partitions in new[] { Published, LocalClusterFixture.Partitions }) cases.Add("cdnow_sample", partitions);
            return cases;
        }
    }

    [SkippableTheory, MemberData(nameof(Cases))]
    public void The_tables_are_the_same(string name, int partitions)
    {
        fixture.Session().Conf().Set("spark.sql.shuffle.partitions", partitions.ToString(System.Globalization.CultureInfo.InvariantCulture));
        using var engine = new SparkEngine(fixture.Session(), Path.Combine(_staging, "rows"));

        if (partitions == Published) ParityCase.Of(name).Check(engine);
        else ParityCase.Of(name).CheckUnpublished(engine);
    }
}

/// <summary>The same with two executors in processes of their own.</summary>
[Collection("Spark, local cluster")]
public sealed class LocalClusterParityTests(LocalClusterFixture fixture) : IDisposable
{
    private readonly string _staging = Directory.CreateTempSubdirectory("rfmspark-staging-").FullName;

    public void Dispose() => Directory.Delete(_staging, recursive: true);

    public static TheoryData<string> Cases => [.. ParityCase.DataSets];

    [SkippableTheory, MemberData(nameof(Cases))]
    public void The_tables_are_the_same(string name)
    {
        using var engine = new SparkEngine(fixture.Session(), Path.Combine(_staging, "rows"));

        ParityCase.Of(name).CheckUnpublished(engine);
    }
}
