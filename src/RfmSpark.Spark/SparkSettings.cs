using System.Globalization;

namespace RfmSpark.Spark;

/// <summary>Settings that the job's SQL relies on; they are set at its start, whatever the cluster's own are.</summary>
internal static class SparkSettings
{
    private static readonly IReadOnlyDictionary<string, string> OfTheJob = new Dictionary<string, string>
    {
        // The SQL is written for both engines: no error where a cast fails, days in UTC.
        ["spark.sql.ansi.enabled"] = "false",
        ["spark.sql.session.timeZone"] = "UTC",
        // A text with ${…} in it stands for itself.
        ["spark.sql.variable.substitute"] = "false",
        // A text that does not fit a date pattern is NULL, also where an older Spark would have read it.
        ["spark.sql.legacy.timeParserPolicy"] = "CORRECTED",
        // Rows that lie together by customer are grouped and joined by customer and day where they lie.
        ["spark.sql.requireAllClusterKeysForCoPartition"] = "false",
        ["spark.sql.optimizer.canChangeCachedPlanOutputPartitioning"] = "false",
        // Rows that lie sorted are grouped as they come, at once, not by hashing them twice: a part first, then the whole.
        ["spark.sql.execution.replaceHashWithSortAgg"] = "true",
        // A record with a field too few or too many must be seen, also if only some of its columns are read.
        ["spark.sql.csv.parser.columnPruning.enabled"] = "false",
        // A damaged delivery is refused, not passed over.
        ["spark.sql.files.ignoreCorruptFiles"] = "false",
        ["spark.sql.files.ignoreMissingFiles"] = "false",
        // A day that an unfinished run has replaced is read as it was, however long ago: Delta Lake 4.4 refuses it after a week.
        ["spark.databricks.delta.vacuum.enforceTimeTravelWithinDeletedFileRetentionDuration"] = "false",
        // The client's time stamps that lie between two forms of the calendar are read as they stand.
        ["spark.sql.parquet.datetimeRebaseModeInRead"] = "CORRECTED",
    };

    // Spark's and Delta Lake's own values, put back where somebody has set others: to set the first, which is deprecated, brings a warning with each query.
    private static readonly IReadOnlyDictionary<string, string> IfSet = new Dictionary<string, string>
    {
        // Texts in the SQL are written with \ before what is special, and columns to group by may be told by their number.
        ["spark.sql.parser.escapedStringLiterals"] = "false",
        ["spark.sql.groupByOrdinal"] = "true",
        // New tables are of protocol (1, 2), which every reader knows, whatever tables of this cluster are by default.
        ["spark.databricks.delta.properties.defaults.enableDeletionVectors"] = "false",
        ["spark.databricks.delta.properties.defaults.enableRowTracking"] = "false",
        ["spark.databricks.delta.properties.defaults.columnMapping.mode"] = "none",
        ["spark.databricks.delta.properties.defaults.checkpointPolicy"] = "classic",
        ["spark.databricks.delta.properties.defaults.appendOnly"] = "false",
        ["spark.databricks.delta.properties.defaults.minReaderVersion"] = "1",
        ["spark.databricks.delta.properties.defaults.minWriterVersion"] = "2",
    };

    private static readonly IReadOnlyDictionary<string, string> UnlessSet = new Dictionary<string, string>
    {
        // Tables that are kept for this run alone: trying five encodings for each column takes longer than it saves.
        ["spark.sql.inMemoryColumnarStorage.compressed"] = "false",
        // Delta reads the state of a table in 50 tasks; ours have some hundreds of files, and each commit reads it.
        ["spark.databricks.delta.snapshotPartitions"] = "2",
    };

    /// <summary>Sets them, where somebody may have a reason to want another value only if nobody did.</summary>
    internal static void Apply(SparkSession session)
    {
        var conf = session.Conf();
        foreach (var (key, value) in OfTheJob) conf.Set(key, value);
        foreach (var (key, value) in IfSet)
            if (conf.Has(key)) conf.Set(key, value);
        foreach (var (key, value) in UnlessSet.Concat(Partitions(session)))
            if (!conf.Has(key)) conf.Set(key, value);
    }

    /// <summary>
    /// Plans rows that are kept as they stand, without adapting the plan while they are made. An adaptive plan is described twice, as it began and as it ended, and rows that
    /// are made of kept rows are described with them: after seven such tables, each query came with a text of 16 MB, which Spark keeps for its UI.
    /// </summary>
    internal static void WithFixedPlan(SparkSession session, Func<DataFrame> persist) =>
        While(session, new Dictionary<string, string> { ["spark.sql.adaptive.enabled"] = "false" }, () => persist());

    /// <summary>Does <paramref name="work"/> with some settings that hold for it alone.</summary>
    internal static void While(SparkSession session, IReadOnlyDictionary<string, string> settings, Action work)
    {
        var conf = session.Conf();
        var before = settings.Keys.ToDictionary(key => key, key => conf.Has(key) ? conf.Get(key) : null);
        foreach (var (key, value) in settings) conf.Set(key, value);
        try
        {
            work();
        }
        // With the JVM the settings are gone too.
        catch (Exception failed) when (failed is not EngineFault)
        {
            Restore();
            throw;
        }
        Restore();

        void Restore()
        {
            foreach (var (key, value) in before)
            {
                if (value is null) conf.Unset(key);
                else conf.Set(key, value);
            }
        }
    }

    // Three for each core, where it is known how many there will be: of a cluster, Spark itself knows none of those that have yet to come.
    private static IEnumerable<KeyValuePair<string, string>> Partitions(SparkSession session)
    {
        var conf = session.Conf();
        int Number(string key, int otherwise) => int.TryParse(conf.Get(key, ""), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : otherwise;
        var cores = conf.Get("spark.master", "").StartsWith("local", StringComparison.Ordinal) ? CoresOfThisMachine(session)
            : Number("spark.cores.max", Number("spark.executor.instances", 0) * Number("spark.executor.cores", 1));
        return cores == 0 ? [] : [KeyValuePair.Create("spark.sql.shuffle.partitions", (3 * cores).ToString(CultureInfo.InvariantCulture))];
    }

    private static int CoresOfThisMachine(SparkSession session)
    {
        using var context = session.Java.Get("sparkContext");
        return Convert.ToInt32(context.Call("defaultParallelism"), CultureInfo.InvariantCulture);
    }
}
