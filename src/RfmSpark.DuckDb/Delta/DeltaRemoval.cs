using System.Text.Json;
using System.Text.Json.Nodes;
using RfmSpark.Engine;

namespace RfmSpark.DuckDb.Delta;

/// <summary>Takes rows out of a table: the files that hold some are written anew without them, and exchanged in one commit.</summary>
internal sealed class DeltaRemoval(QueryRunner runner, Dialect dialect)
{
    private readonly DeltaReader _reader = new(runner, dialect);

    /// <summary>See <see cref="IEngine.Remove"/>.</summary>
    internal long? Remove(Table keys, string path)
    {
        var log = new DeltaLog(path, new DeltaCheckpoint(runner, dialect));
        while (log.Read(forWriting: true) is { } snapshot)
        {
            if (snapshot.Metadata!.IsAppendOnly)
                throw new EngineFault($"{path} is append-only (delta.appendOnly), so no row can be removed. Unset that property.");
            var holding = FilesWith(keys, path, snapshot);
            if (holding.Count == 0) return snapshot.Version;
            if (Exchange(keys, path, log, snapshot, holding) is { } version) return version;
            // Another writer won the version, and may have replaced one of these files, or brought another such row: all is looked at again.
        }
        return null;
    }

    private List<AddFile> FilesWith(Table keys, string path, DeltaSnapshot snapshot)
    {
        if (snapshot.Files.Count == 0) return [];
        var rows = _reader.Rows(path, DeltaReader.ColumnsOf(snapshot, path), snapshot.Metadata!.PartitionColumns, [.. snapshot.Files], withFile: true);
        using var found = runner.Query(keys.Name, path, $"SELECT DISTINCT {DeltaReader.File} FROM ({rows}) SEMI JOIN {dialect.Identifier(keys.Name)} USING ({Names(keys)})");
        var holding = found.Rows(row => row.Text(0)!).ToHashSet(StringComparer.Ordinal);
        return [.. snapshot.Files.Where(f => holding.Contains(f.In(path)))];
    }

    // The version that is without the rows, or null if another writer's commit came first.
    private long? Exchange(Table keys, string path, DeltaLog log, DeltaSnapshot snapshot, List<AddFile> holding)
    {
        var columns = DeltaReader.ColumnsOf(snapshot, path);
        var partitions = snapshot.Metadata!.PartitionColumns;
        var files = new DeltaFiles(runner, dialect, path);
        var committed = false;
        try
        {
            var kept = files.Write(keys.Name, columns, partitions, $"({_reader.Rows(path, columns, partitions, holding)}) ANTI JOIN {dialect.Identifier(keys.Name)} USING ({Names(keys)})");
            committed = log.TryCommit(snapshot.Version + 1, Actions(keys, holding, kept));
            if (committed) snapshot.Version++;
            else log.Refresh(snapshot);
            committed = committed || snapshot.Holds(kept);
            if (committed) log.WriteCheckpointIfDue(snapshot.Version);
            return committed ? snapshot.Version : null;
        }
        finally
        {
            if (!committed) files.Delete();
        }
    }

    private string Names(Table keys) => string.Join(", ", keys.Columns.Select(c => dialect.Identifier(c.Name)));

    private static IEnumerable<JsonObject> Actions(Table keys, List<AddFile> holding, List<AddFile> kept)
    {
        var now = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();
        // What was removed is not to be read here.
        var predicate = JsonSerializer.Serialize<string[]>([$"({string.Join(", ", keys.Columns.Select(c => c.Name))}) IN {keys.Name}"]);
        yield return DeltaJson.CommitInfo("DELETE", new JsonObject { ["predicate"] = predicate }, now, transaction: null);
        foreach (var old in holding) yield return new JsonObject { ["remove"] = new RemoveFile(old.Path, now, old.PartitionValues, old.Size).ToJson(dataChange: true) };
        foreach (var added in kept) yield return new JsonObject { ["add"] = added.ToJson(dataChange: true) };
    }
}
