using System.Globalization;

namespace RfmSpark.Spark;

/// <summary>Settings that the job's SQL relies on; they are set at its start, whatever the cluster's own are.</summary>
internal static class SparkSettings
{
    private const string Partitions = "spark.sql.shuffle.partitions", DefaultPartitions = "200";

    private static readonly IReadOnlyDictionary<string, string> OfTheJob = new Dictionary<string, string>
    {
        // The SQL is written for both engines: no error where a cast fails, days in UTC.
        ["spark.sql.ansi.enabled"] = "false",
        ["spark.sql.session.timeZone"] = "UTC",
        // A text that does not fit a date pattern is NULL, also where an older Spark would have read it.
        ["spark.sql.legacy.timeParserPolicy"] = "CORRECTED",
        // Rows that lie together by customer are grouped and joined by customer and day where they lie.
        ["spark.sql.requireAllClusterKeysForCoPartition"] = "false",
        ["spark.sql.optimizer.canChangeCachedPlanOutputPartitioning"] = "false",
        // A record with a field too few or too many must be seen, also if only some of its columns are read.
        ["spark.sql.csv.parser.columnPruning.enabled"] = "false",
        // The client's time stamps that lie between two forms of the calendar are read as they stand.
        ["spark.sql.parquet.datetimeRebaseModeInRead"] = "CORRECTED",
    };

    /// <summary>Sets them. The number of partitions follows the cluster's cores, unless somebody has set it.</summary>
    internal static void Apply(SparkSession session)
    {
        var conf = session.Conf();
        foreach (var (key, value) in OfTheJob) conf.Set(key, value);
        if (conf.Get(Partitions, DefaultPartitions) != DefaultPartitions) return;
        using var context = session.Java.Get("sparkContext");
        conf.Set(Partitions, (3 * Convert.ToInt32(context.Call("defaultParallelism"), CultureInfo.InvariantCulture)).ToString(CultureInfo.InvariantCulture));
    }
}
