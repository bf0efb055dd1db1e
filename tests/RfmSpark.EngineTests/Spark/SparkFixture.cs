using RfmSpark.Spark;

namespace RfmSpark.EngineTests.Spark;

/// <summary>One Spark for all tests that need one, started when the first asks for it.</summary>
public sealed class SparkFixture : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("rfmspark-spark-").FullName;
    private SparkSession? _session;

    /// <summary>The session: two cores here, Delta Lake, and the settings that the job has.</summary>
    internal SparkSession Session()
    {
        Requires.SparkHome();
        return _session ??= SparkSession.Builder().AppName("tests").Master("local[2]")
            .Config("spark.ui.enabled", "false").Config("spark.sql.shuffle.partitions", "2").Config("spark.sql.session.timeZone", "UTC").Config("spark.sql.ansi.enabled", "false")
            .Config("spark.sql.warehouse.dir", Path.Combine(_folder, "warehouse")).Config("spark.driver.host", "127.0.0.1").Config("spark.driver.bindAddress", "127.0.0.1")
            .Config("spark.sql.extensions", "io.delta.sql.DeltaSparkSessionExtension").Config("spark.sql.catalog.spark_catalog", "org.apache.spark.sql.delta.catalog.DeltaCatalog")
            .GetOrCreate();
    }

    public void Dispose()
    {
        _session?.Dispose();
        Directory.Delete(_folder, recursive: true);
    }
}

[CollectionDefinition("Spark")]
public sealed class SparkTests : ICollectionFixture<SparkFixture>;
