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
            throw new EngineFault($"Delta Lake is not loaded. Add --packages {Coordinate(version)} --conf spark.sql.extensions=io.delta.sql.DeltaSparkSessionExtension --conf spark.sql.catalog.spark_catalog=org.apache.spark.sql.delta.catalog.DeltaCatalog.");
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
        using var snapshot = Snapshot(publication.Path);
        return Convert.ToInt64(snapshot.Call("version"), CultureInfo.InvariantCulture);
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

    // Delta Lake skips a write of a run that is recorded already, and of an older one too; the older one must hear of it.
    private void CheckNotOvertaken(Publication publication)
    {
        if (!IsTable(publication.Path)) return;
        using var snapshot = Snapshot(publication.Path);
        using var transactions = snapshot.Get("transactions");
        using var recorded = transactions.Get("get", publication.Application);
        if (recorded.Call("isDefined") is true && Convert.ToInt64(recorded.Call("get"), CultureInfo.InvariantCulture) > publication.Run)
            throw new EngineFault($"{publication.Path}: a run that started later than this one has published {publication.AsOf:yyyy-MM-dd} already. This run leaves its tables alone.");
    }

    private bool IsTable(string path) => session.Gateway.Static("io.delta.tables.DeltaTable", "isDeltaTable", session.Java, path) is true;

    private JavaObject Snapshot(string path)
    {
        using var log = (JavaObject)session.Gateway.Static("org.apache.spark.sql.delta.DeltaLog", "forTable", session.Java, path)!;
        return log.Get("unsafeVolatileSnapshot");
    }

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

    // Delta Lake 3.3 is made for Spark 3.5, 4.0 for 4.0, and from 4.1 on the artifact names its Spark.
    private static string Coordinate(string version) => version.Split('.') switch
    {
        ["3", ..] => "io.delta:delta-spark_2.12:3.3.2",
        ["4", "0", ..] => "io.delta:delta-spark_2.13:4.0.0",
        [var major, var minor, ..] => $"io.delta:delta-spark_{major}.{minor}_2.13:4.4.0",
        _ => "io.delta:delta-spark_2.13:4.0.0",
    };
}
