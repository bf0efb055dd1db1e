using RfmSpark.Spark;

namespace RfmSpark.EngineTests.Spark;

/// <summary>One Spark for all tests that need one of its kind, started when the first asks for it.</summary>
public class SparkFixture : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("rfmspark-spark-").FullName;
    internal const int Partitions = 2, ManyPartitions = 7;
    internal const string QuickStart = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC";
    private SparkSession? _session;

    /// <summary>The session: two cores on this machine, and Delta Lake.</summary>
    internal SparkSession Session()
    {
        Requires.SparkHome();
        return _session ??= Builder().GetOrCreate();
    }

    /// <summary>The session, with another number of parts into which it cuts what it moves.</summary>
    internal SparkSession Session(int partitions)
    {
        Session().Conf().Set("spark.sql.shuffle.partitions", partitions.ToString(System.Globalization.CultureInfo.InvariantCulture));
        return Session();
    }

    /// <summary>Where the work is done.</summary>
    protected virtual string Master() => "local[2]";

    /// <summary>Into how many parts it cuts what it moves.</summary>
    protected virtual int ShufflePartitions() => Partitions;

    /// <summary>An option of the JVMs that work for this fixture's session.</summary>
    protected string ExecutorMark => "-Dtests=" + _folder;

    /// <summary>A session's settings.</summary>
    internal SparkSessionBuilder Builder() => SparkSession.Builder().AppName("tests").Master(Master())
        .Config("spark.ui.enabled", "false")
        .Config("spark.sql.shuffle.partitions", ShufflePartitions().ToString(System.Globalization.CultureInfo.InvariantCulture))
        .Config("spark.sql.session.timeZone", "UTC").Config("spark.sql.ansi.enabled", "false")
        .Config("spark.sql.warehouse.dir", Path.Combine(_folder, "warehouse")).Config("spark.driver.host", "127.0.0.1").Config("spark.driver.bindAddress", "127.0.0.1")
        // Small data on few cores: a parallel collector is not worth its threads, nor the second compiler where only tasks run. What plans does it hundreds of times, and gets faster.
        .Config("spark.driver.extraJavaOptions", "-XX:+UseSerialGC").Config("spark.executor.extraJavaOptions", QuickStart + " " + ExecutorMark)
        // The same statements come again with each set of orders: what was compiled for one is there for the next.
        .Config("spark.sql.codegen.cache.maxEntries", "5000")
        .Config("spark.executor.memory", "1g").Config("spark.executor.cores", "1").Config("spark.cores.max", "2")
        .Config("spark.sql.extensions", "io.delta.sql.DeltaSparkSessionExtension").Config("spark.sql.catalog.spark_catalog", "org.apache.spark.sql.delta.catalog.DeltaCatalog");

    /// <summary>Ends the session, if one was started.</summary>
    public virtual void Dispose()
    {
        _session?.Dispose();
        Directory.Delete(_folder, recursive: true);
        GC.SuppressFinalize(this);
    }
}

/// <summary>Two executors in processes of their own, as Spark itself makes them for its tests.</summary>
public sealed class LocalClusterFixture : SparkFixture
{
    /// <inheritdoc/>
    protected override string Master() => "local-cluster[2,1,1024]";

    /// <inheritdoc/>
    protected override int ShufflePartitions() => ManyPartitions;
}

[CollectionDefinition("Spark")]
public sealed class SparkTests : ICollectionFixture<SparkFixture>;

[CollectionDefinition("Spark, local cluster")]
public sealed class LocalClusterTests : ICollectionFixture<LocalClusterFixture>;

[CollectionDefinition("Spark, standalone cluster")]
public sealed class StandaloneTests : ICollectionFixture<StandaloneFixture>;
