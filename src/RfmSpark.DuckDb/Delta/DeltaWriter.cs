using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using RfmSpark.Engine;

namespace RfmSpark.DuckDb.Delta;

/// <summary>Publishes a table as Delta: data files first, then one commit that takes the partition's old files out and the new ones in.</summary>
internal sealed class DeltaWriter(QueryRunner runner, Dialect dialect)
{
    private const string PartitionColumn = "as_of";

    /// <summary>See <see cref="IEngine.Save"/>.</summary>
    internal long Save(Table table, Publication publication)
    {
        var log = new DeltaLog(publication.Path, new DeltaCheckpoint(runner, dialect));
        var snapshot = log.Read(forWriting: true);
        if (snapshot is not null && AlreadySaved(snapshot, publication)) return snapshot.Version;

        var newColumns = NewColumns(snapshot, table, publication.Path);
        var files = new DeltaFiles(runner, dialect, publication.Path);
        snapshot ??= new DeltaSnapshot();
        var committed = false;
        try
        {
            var added = files.Write(table.Name, table.Columns, table.PartitionedBy, dialect.Identifier(table.Name));
            CheckPartitions(table, publication, added);
            committed = Commit(log, snapshot, table, publication, newColumns, added);
            if (committed) log.WriteCheckpointIfDue(snapshot.Version);
            return snapshot.Version;
        }
        finally
        {
            if (!committed) files.Delete();
        }
    }

    private static bool AlreadySaved(DeltaSnapshot snapshot, Publication publication)
    {
        if (!snapshot.Transactions.TryGetValue(publication.Application, out var recorded) || recorded < publication.Run) return false;
        return recorded == publication.Run ? true
            : throw new EngineFault($"{publication.Path}: a run that started later than this one has published {publication.AsOf:yyyy-MM-dd} already. This run leaves its tables alone.");
    }

    // The columns that the commit has to declare.
    private static IReadOnlyList<Column> NewColumns(DeltaSnapshot? snapshot, Table table, string path)
    {
        if (snapshot is null) return table.Columns;
        if (!snapshot.Metadata!.PartitionColumns.SequenceEqual(table.PartitionedBy))
            throw new EngineFault($"{path} is partitioned by {string.Join(", ", snapshot.Metadata.PartitionColumns)}, not by {string.Join(", ", table.PartitionedBy)}; "
                + $"it is not a table of this program. Publish to another --out.");
        if (snapshot.Metadata.IsAppendOnly)
            throw new EngineFault($"{path} is append-only (delta.appendOnly), so a day's rows cannot be replaced. Unset that property, or publish to another --out.");
        try
        {
            return DeltaSchema.Added(DeltaSchema.Read(snapshot.Metadata.SchemaString), table, path);
        }
        catch (DeltaFeatureException unknown)
        {
            throw new EngineFault($"{path} is a Delta table with {unknown.Message}, which the embedded engine does not know. Run on Spark, or publish to another --out.", unknown);
        }
    }

    private static void CheckPartitions(Table table, Publication publication, List<AddFile> added)
    {
        var asOf = publication.AsOf.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        foreach (var keys in added.Select(file => file.PartitionValues))
        {
            if (keys[PartitionColumn] != asOf || (publication.Within is { } part && keys[part.Column] != part.Value))
                throw new InvalidOperationException($"{table.Name} holds rows of {string.Join(", ", keys.Select(k => $"{k.Key} {k.Value}"))} in a run of {asOf}.");
        }
    }

    /// <returns>False if another process has published this very run meanwhile. <paramref name="snapshot"/> is at the version that holds the rows.</returns>
    private static bool Commit(DeltaLog log, DeltaSnapshot snapshot, Table table, Publication publication, IReadOnlyList<Column> newColumns, List<AddFile> files)
    {
        while (true)
        {
            if (log.TryCommit(snapshot.Version + 1, Actions(snapshot, table, publication, newColumns, files)))
            {
                snapshot.Version++;
                return true;
            }

            // Another writer won this version. What it wrote changes nothing in ours, which replaces a whole partition by rows made from the orders alone:
            // take its commit in and try the next number, unless it changed the schema, or is a run that overtook us.
            var before = snapshot.Metadata?.SchemaString;
            log.Refresh(snapshot);
            if (snapshot.Holds(files)) return true;
            if (AlreadySaved(snapshot, publication)) return false;
            if (before is not null && snapshot.Metadata!.SchemaString != before)
                throw new EngineFault($"{publication.Path}: another writer changed the table's columns while this run was publishing. Nothing was published here; run again.");
            newColumns = NewColumns(snapshot, table, publication.Path);
        }
    }

    private static IEnumerable<JsonObject> Actions(DeltaSnapshot snapshot, Table table, Publication publication, IReadOnlyList<Column> newColumns, List<AddFile> files)
    {
        var now = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();
        var asOf = publication.AsOf.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        yield return CommitInfo(table, publication, now, asOf);
        if (snapshot.Version < 0) yield return new JsonObject { ["protocol"] = TableProtocol.Ours.ToJson() };
        if (snapshot.Metadata is null)
            yield return new JsonObject { ["metaData"] = TableMetadata.Ours(DeltaSchema.Write(newColumns), table.PartitionedBy, now).ToJson() };
        else if (newColumns.Count > 0)
            yield return new JsonObject { ["metaData"] = snapshot.Metadata.With(DeltaSchema.Extend(snapshot.Metadata.SchemaString, newColumns)).ToJson() };
        yield return new JsonObject { ["txn"] = new JsonObject { ["appId"] = publication.Application, ["version"] = publication.Run, ["lastUpdated"] = now } };
        foreach (var old in snapshot.Files.Where(f => f.PartitionValues.GetValueOrDefault(PartitionColumn) == asOf
                && (publication.Within is not { } part || f.PartitionValues.GetValueOrDefault(part.Column) == part.Value)))
            yield return new JsonObject { ["remove"] = new RemoveFile(old.Path, now, old.PartitionValues, old.Size).ToJson(dataChange: true) };
        foreach (var added in files) yield return new JsonObject { ["add"] = added.ToJson(dataChange: true) };
    }

    private static JsonObject CommitInfo(Table table, Publication publication, long now, string asOf)
    {
        var partition = $"({PartitionColumn} = '{asOf}'{(publication.Within is { } part ? $" AND {part.Column} = '{part.Value}'" : "")})";
        var parameters = new JsonObject { ["mode"] = "Overwrite", ["partitionBy"] = JsonSerializer.Serialize(table.PartitionedBy), ["predicate"] = JsonSerializer.Serialize<string[]>([partition]) };
        return DeltaJson.CommitInfo("WRITE", parameters, now, $"{publication.Application}/{publication.Run.ToString(CultureInfo.InvariantCulture)}");
    }
}
