using RfmSpark.DuckDb;
using RfmSpark.Engine;
using RfmSpark.Runs;
using RfmSpark.Settings;
using RfmSpark.Spark;

namespace RfmSpark.Jobs;

/// <summary>The engine of a command: Spark if spark-submit started this program, else the one in the process.</summary>
internal static class Engines
{
    /// <summary>
    /// Starts the engine and announces it in the log's first line. Spark stages small tables under <paramref name="output"/>, where every executor sees
    /// them; it is null for a command that publishes nothing.
    /// </summary>
    internal static IEngine Start(EngineConfig config, string? output, JobLog log, CancellationToken cancel)
    {
        IEngine engine = SparkSessionBuilder.UnderSparkSubmit ? Cluster(output, cancel) : Embedded(config, log, cancel);
        log.Info($"RfmSpark {RunRecord.ProgramVersion} on {engine.Version}");
        return engine;
    }

    private static DuckDbEngine Embedded(EngineConfig config, JobLog log, CancellationToken cancel) =>
        new(new DuckDbOptions(config.MemoryLimit, config.Threads, config.TempDirectory), log.Progress, cancel);

    private static SparkEngine Cluster(string? output, CancellationToken cancel) =>
        new(SparkSession.Builder().AppName("RfmSpark").GetOrCreate(), $"{output ?? Path.GetTempPath().TrimEnd('/')}/_staging/{Guid.NewGuid():N}", endSession: true, cancel);
}
