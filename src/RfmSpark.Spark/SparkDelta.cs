using System.Globalization;
using RfmSpark.Engine;
using RfmSpark.Spark.Gateway;

namespace RfmSpark.Spark;

/// <summary>Delta tables through Delta Lake.</summary>
internal sealed class SparkDelta(SparkSession session, Dialect dialect)
{
    /// <summary>Makes sure that Delta Lake is there.</summary>
    /// <exception cref="EngineFault">It is not; the message has the coordinate for this Spark.</exception>
    internal void Require()
    {
        var version = session.Version();
        if (!session.Conf().Get("spark.sql.extensions", "").Contains("DeltaSparkSessionExtension", StringComparison.Ordinal) || !HasClass())
            throw new EngineFault($"Delta Lake is not loaded. Add --packages {Coordinate(version)} "
                + $"--conf spark.sql.extensions=io.delta.sql.DeltaSparkSessionExtension "
                + $"--conf spark.sql.catalog.spark_catalog=org.apache.spark.sql.delta.catalog.DeltaCatalog.");
    }

    /// <summary>See <see cref="IEngine.Save"/>.</summary>
    internal long Save(Table table, Publication publication)
    {
        CheckNotOvertaken(publication);
        var asOf = publication.AsOf.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        var columns = string.Join(", ", table.Columns.Select(c => $"CAST({dialect.Identifier(c.Name)} AS {dialect.TypeName(c.Type)}) AS {dialect.Identifier(c.Name)}"));
        // One file a partition, more where one would be too large. A table that is not parted within the day is as it comes: few files.
        var hint = table.PartitionedBy.Count > 1 ? $"/*+ REBALANCE({string.Join(", ", table.PartitionedBy.Select(dialect.Identifier))}) */ " : "";
        using var rows = session.Sql($"SELECT {hint}{columns} FROM {dialect.Identifier(table.Name)}");
        var part = publication.Within is { } within ? $" AND {dialect.Identifier(within.Column)} = {dialect.Quote(within.Value)}" : "";
        rows.Write().Format("delta").Mode("overwrite").PartitionBy(table.PartitionedBy)
            .Option("replaceWhere", $"as_of = '{asOf}'{part}").Option("mergeSchema", "true")
            .Option("txnAppId", publication.Application).Option("txnVersion", publication.Run.ToString(CultureInfo.InvariantCulture))
            .Save(publication.Path);
        return VersionOf(publication.Path);
    }

    /// <summary>See <see cref="IEngine.Open"/>.</summary>
    internal DataFrame? Open(string path, IReadOnlyDictionary<string, string>? where, long? version)
    {
        if (!IsTable(path)) return null;
        var reader = session.Read().Format("delta");
        if (version is { } at) reader.Option("versionAsOf", at.ToString(CultureInfo.InvariantCulture));
        var rows = reader.Load(path);
        if (where is null || where.Count == 0) return rows;
        var condition = string.Join(" AND ", where.Select(w => $"CAST({dialect.Identifier(w.Key)} AS STRING) = {dialect.Quote(w.Value)}"));
        using (rows) return new DataFrame(session, rows.Java.Get("where", condition));
    }

    /// <summary>See <see cref="IEngine.LastRuns"/>.</summary>
    internal IReadOnlyDictionary<DateOnly, long> LastRuns(string path, IReadOnlyCollection<DateOnly> days)
    {
        if (!IsTable(path)) return new Dictionary<DateOnly, long>();
        using var snapshot = Snapshot(path);
        using var transactions = snapshot.Get("transactions");
        return days.Select(day => (Day: day, Run: Recorded(transactions, new Publication(path, day, 0)))).Where(d => d.Run is not null).ToDictionary(d => d.Day, d => d.Run!.Value);
    }

    /// <summary>See <see cref="IEngine.Remove"/>. By MERGE, since DELETE takes no table of what to delete, and its commit would have the values.</summary>
    internal long? Remove(Table keys, string path)
    {
        if (!IsTable(path)) return null;
        var agree = string.Join(" AND ", keys.Columns.Select(c => dialect.Identifier(c.Name)).Select(c => $"target.{c} = keys.{c}"));
        using var given = session.Table(keys.Name);
        using var source = given.Java.Get("as", "keys");
        using var table = TableAt(path);
        using var target = table.Get("as", "target");
        using var merge = target.Get("merge", source, agree);
        using var matched = merge.Get("whenMatched");
        using var delete = matched.Get("delete");
        // A deletion vector would leave the rows in their file.
        SparkSettings.While(session,
            new Dictionary<string, string> { ["spark.databricks.delta.merge.deletionVectors.persistent"] = "false" },
            () => (delete.Call("execute") as JavaObject)?.Dispose());
        return VersionOf(path);
    }

    /// <summary>
    /// See <see cref="IEngine.Vacuum"/>. Delta Lake deletes data files; entries of the log it keeps for a day at least, so those before the checkpoint that it writes are deleted as its protocol
    /// has it ("Metadata Cleanup").
    /// </summary>
    internal void Vacuum(string path)
    {
        if (!IsTable(path)) return;
        using var table = TableAt(path);
        // Read before the checkpoint is written, which is then of this version or a later one: whoever commits meanwhile, no entry is deleted that it does not stand for.
        var version = VersionOf(path);
        SparkSettings.While(session, new Dictionary<string, string>
        {
            ["spark.databricks.delta.retentionDurationCheck.enabled"] = "false",
            // No commits of its own: runs names the version that there is.
            ["spark.databricks.delta.vacuum.logging.enabled"] = "false",
            // Folders are listed in so many tasks, 10,000 of them by default, however few the folders are.
            ["spark.sql.sources.parallelPartitionDiscovery.parallelism"] = session.Conf().Get("spark.sql.shuffle.partitions"),
        }, () => (table.Call("vacuum", 0.0) as JavaObject)?.Dispose());
        using (var log = Log(path)) log.Call("checkpoint");
        var hadoop = new HadoopFiles(session);
        foreach (var file in hadoop.Inside(path + "/_delta_log").Select(f => f.Path).Order(StringComparer.Ordinal))
        {
            var name = file[(file.LastIndexOf('/') + 1)..];
            if (file.EndsWith("/_delta_log/" + name, StringComparison.Ordinal) && !DeltaLogCleanup.IsNeeded(name, version)) hadoop.Delete(file);
        }
        // What this session knows of the table rests on entries that are gone.
        using var folder = session.Gateway.New("org.apache.hadoop.fs.Path", path);
        session.Gateway.Static("org.apache.spark.sql.delta.DeltaLog", "invalidateCache", session.Java, folder);
    }

    // Delta Lake skips a write of a run that is recorded already, and of an older one too; the older one must hear of it.
    // A later run that commits while this one writes is a conflict, of which it hears.
    private void CheckNotOvertaken(Publication publication)
    {
        if (!IsTable(publication.Path)) return;
        using var snapshot = Snapshot(publication.Path);
        using var transactions = snapshot.Get("transactions");
        if (Recorded(transactions, publication) > publication.Run)
            throw new EngineFault($"{publication.Path}: a run that started later than this one has published {publication.AsOf:yyyy-MM-dd} already. This run leaves its tables alone.");
    }

    private static long? Recorded(JavaObject transactions, Publication publication)
    {
        using var recorded = transactions.Get("get", publication.Application);
        return recorded.Call("isDefined") is true ? Convert.ToInt64(recorded.Call("get"), CultureInfo.InvariantCulture) : null;
    }

    private JavaObject TableAt(string path) => (JavaObject)session.Gateway.Static("io.delta.tables.DeltaTable", "forPath", session.Java, path)!;

    private bool IsTable(string path) => session.Gateway.Static("io.delta.tables.DeltaTable", "isDeltaTable", session.Java, path) is true;

    private long VersionOf(string path)
    {
        using var snapshot = Snapshot(path);
        return Convert.ToInt64(snapshot.Call("version"), CultureInfo.InvariantCulture);
    }

    // As it now stands: what this session has seen of a table may be older than what another process has committed since.
    private JavaObject Snapshot(string path)
    {
        using var fresh = (JavaObject)session.Gateway.Static("org.apache.spark.sql.delta.DeltaLog", "forTableWithSnapshot", session.Java, path)!;
        return fresh.Get("_2");
    }

    private JavaObject Log(string path) => (JavaObject)session.Gateway.Static("org.apache.spark.sql.delta.DeltaLog", "forTable", session.Java, path)!;

    private bool HasClass()
    {
        try
        {
            using var found = (JavaObject)session.Gateway.Static("java.lang.Class", "forName", "io.delta.tables.DeltaTable")!;
            return true;
        }
        catch (JavaException)
        {
            return false;
        }
    }

    // Spark 3.5 is there for two versions of Scala.
    private string ScalaVersion() => string.Join('.', ((string)session.Gateway.Static("scala.util.Properties", "versionNumberString")!).Split('.')[..2]);

    // Delta Lake 3.3 is made for Spark 3.5, 4.0 for 4.0, and from 4.1 on the artifact names its Spark.
    private string Coordinate(string version) => version.Split('.') switch
    {
        ["3", ..] => $"io.delta:delta-spark_{ScalaVersion()}:3.3.2",
        ["4", "0", ..] => "io.delta:delta-spark_2.13:4.0.0",
        [var major, var minor, ..] => $"io.delta:delta-spark_{major}.{minor}_2.13:4.4.0",
        _ => "io.delta:delta-spark_2.13:4.0.0",
    };
}
