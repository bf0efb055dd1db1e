using RfmSpark.Engine;
using RfmSpark.Spark.Gateway;

namespace RfmSpark.Spark;

/// <summary>What Spark threw, as a fault: the table and the SQL file, Spark's reason in one sentence, what to do about it, and then the trace.</summary>
internal static class SparkFailure
{
    // What stands in a trace → what to do about it; the first that is found.
    private static readonly (string Sign, string Advice)[] Known =
    [
        ("No space left on device", "A disk is full: free some space, or name another one for Spark's temporary data (--conf spark.local.dir=/large/disk)."),
        ("ENOSPC", "A disk is full: free some space, or name another one for Spark's temporary data (--conf spark.local.dir=/large/disk)."),
        ("OutOfMemoryError", "Give the JVMs more memory (--driver-memory, --executor-memory), or cut the work into more pieces (--conf spark.sql.shuffle.partitions=N)."),
        ("ExecutorLostFailure", "Executors were lost again and again; the cluster's own log says why, most often memory (--executor-memory)."),
        ("AccessControlException", "The user that runs this job may not read or write there."),
        ("Permission denied", "The user that runs this job may not read or write there."),
        ("UnknownHostException", "A host is not known here; look at the URIs, and at spark.driver.host."),
        ("No FileSystem for scheme", "Spark lacks the library for that kind of URI; add it with --packages."),
        ("ClassNotFoundException", "Spark lacks a library; add it with --packages or --jars."),
        ("io.delta.exceptions.", "Another writer changed the table at the same time; run again."),
    ];

    /// <summary>The fault for what was thrown while <paramref name="table"/> was made by <paramref name="file"/>.</summary>
    internal static EngineFault Of(JavaException thrown, string table, string file, string? statement)
    {
        var reason = Reason(thrown);
        var advice = Known.FirstOrDefault(k => thrown.Trace.Contains(k.Sign, StringComparison.Ordinal)).Advice;
        return new EngineFault(string.Join(' ', new[] { $"{table} ({file}): {thrown.Type.Split('.')[^1]}: {reason.TrimEnd('.')}.", advice,
                statement is null ? null : FailedStatement.Keep(table, statement) }.Where(s => s is not null))
            + $"{Environment.NewLine}{thrown.Trace.TrimEnd()}", thrown);
    }

    // A task's failure names the real reason at the end of its first line: "Job aborted … Lost task 0.0 …: java.io.IOException: No space left".
    private static string Reason(JavaException thrown) => thrown.JavaMessage.Split('\n', 2)[0].Trim() is { Length: > 0 } first ? first : "no reason given";
}
