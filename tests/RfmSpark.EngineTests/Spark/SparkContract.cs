using RfmSpark.EngineTests.Contract;
using RfmSpark.Spark;

namespace RfmSpark.EngineTests.Spark;

/// <summary>The contract of every engine, on a real Spark.</summary>
[Collection("Spark")]
public sealed class SparkContract(SparkFixture fixture) : EngineContract
{
    protected override IEngine Start() => new SparkEngine(fixture.Session(), Directory.CreateTempSubdirectory("rfmspark staging [1] ü-").FullName);
}
