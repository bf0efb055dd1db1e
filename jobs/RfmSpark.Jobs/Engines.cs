using RfmSpark.DuckDb;
using RfmSpark.Engine;
using RfmSpark.Jobs.Commands;
using RfmSpark.Runs;
using RfmSpark.Settings;
using RfmSpark.Spark;

namespace RfmSpark.Jobs;

/// <summary>The engine of a command: Spark if spark-submit started this program, else the one in the process.</summary>
internal static class Engines
{
    /// <summary>What submit.sh puts before the command that it submits to Spark.</summary>
    internal const string OnSpark = "--on-spark";

    /// <summary>The command that was submitted to Spark.</summary>
    /// <exception cref="EngineFault">Spark handed over no gateway; a run on the engine in the process is not what was asked for.</exception>
    internal static string[] CheckOnSpark(string[] arguments)
    {
        SparkSessionBuilder.RequireGateway();
        return arguments[1..];
    }

    /// <summary>
    /// Starts the engine and announces it in the log's first line. Rows on their way to Spark are staged under <paramref name="output"/>, where every executor sees
    /// them; it is null for a command that has no tables.
    /// </summary>
    /// <exception cref="ConfigFault">The output is a URI, and the engine not Spark.</exception>
    internal static IEngine Start(EngineConfig config, string? output, JobLog log, CancellationToken cancel)
    {
        IEngine engine = SparkSessionBuilder.UnderSparkSubmit ? Cluster(output, log, cancel) : Embedded(config, output, log, cancel);
        log.Info($"RfmSpark {RunRecord.ProgramVersion} on {engine.Version}");
        return engine;
    }

    /// <summary>The engine in the process, for a command that prints tables and is never given to Spark.</summary>
    /// <exception cref="ConfigFault">The tables are named by a URI.</exception>
    internal static DuckDbEngine StartReader(EngineConfig config, string output, CancellationToken cancel) => !JobOptions.IsUri(output) ? new DuckDbEngine(Options(config), cancel: cancel)
        : throw new ConfigFault($"--out is {output}; show takes a path on this machine's file systems. "
            + $"Mount or copy these tables first, or read them on Spark: spark.read.format(\"delta\").load(\"{output}/TABLE\").");

    private static DuckDbEngine Embedded(EngineConfig config, string? output, JobLog log, CancellationToken cancel) =>
        output is null || !JobOptions.IsUri(output) ? new(Options(config), log.Progress, cancel)
            : throw new ConfigFault($"--out is {output}; without Spark that is a path on this machine's file systems. "
                + $"Put the options of Spark before the command (./submit.sh --master …), or name such a path.");

    private static DuckDbOptions Options(EngineConfig config) => new(config.MemoryLimit, config.Threads, config.TempDirectory);

    private static SparkEngine Cluster(string? output, JobLog log, CancellationToken cancel) =>
        new(SparkSession.Builder().GetOrCreate(), $"{output ?? Path.GetTempPath().TrimEnd('/')}/_staging-{Guid.NewGuid():N}", endSession: true, log.Progress, cancel);
}
