using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using RfmSpark.Engine;

namespace RfmSpark.DuckDb.Delta;

/// <summary>Classic checkpoints (PROTOCOL.md, "Checkpoints"): the whole state of a version as one Parquet file, so that a long log is read quickly.</summary>
internal sealed partial class DeltaCheckpoint(QueryRunner runner, Dialect dialect)
{
    /// <summary>A checkpoint is written at every version that this divides, as Delta Lake does by default.</summary>
    internal const int Interval = 10;

    private const string Shape = """
        {"txn":{"appId":"VARCHAR","version":"BIGINT","lastUpdated":"BIGINT"},
         "add":{"path":"VARCHAR","partitionValues":"MAP(VARCHAR,VARCHAR)","size":"BIGINT","modificationTime":"BIGINT","dataChange":"BOOLEAN","stats":"VARCHAR"},
         "remove":{"path":"VARCHAR","deletionTimestamp":"BIGINT","dataChange":"BOOLEAN","extendedFileMetadata":"BOOLEAN","partitionValues":"MAP(VARCHAR,VARCHAR)","size":"BIGINT"},
         "metaData":{"id":"VARCHAR","name":"VARCHAR","description":"VARCHAR","format":{"provider":"VARCHAR","options":"MAP(VARCHAR,VARCHAR)"},"schemaString":"VARCHAR","partitionColumns":["VARCHAR"],"createdTime":"BIGINT","configuration":"MAP(VARCHAR,VARCHAR)"},
         "protocol":{"minReaderVersion":"INTEGER","minWriterVersion":"INTEGER"}}
        """;

    /// <summary>The complete checkpoints in a log's folder, up to <paramref name="version"/>, the newest first: each one file, or all parts of one in parts.</summary>
    internal static IReadOnlyList<(long Version, IReadOnlyList<string> Files)> Complete(string folder, long? version = null)
    {
        var complete = Directory.EnumerateFiles(folder, "*.checkpoint*.parquet")
            .Select(file => (File: file, Name: CheckpointName().Match(Path.GetFileName(file)))).Where(c => c.Name.Success)
            .GroupBy(c => (Version: c.Name.Groups["version"].Value, Parts: c.Name.Groups["parts"].Value))
            .Where(parts => parts.Key.Parts.Length == 0 || parts.Count() == int.Parse(parts.Key.Parts, CultureInfo.InvariantCulture));
        return [.. complete.Select(parts => (Version: long.Parse(parts.Key.Version, CultureInfo.InvariantCulture), (IReadOnlyList<string>)[.. parts.Select(p => p.File)]))
            .Where(c => version is null || c.Version <= version).OrderByDescending(c => c.Version)];
    }

    /// <summary>The actions of a checkpoint.</summary>
    internal IReadOnlyList<JsonNode> Read(IReadOnlyList<string> files)
    {
        using var result = runner.Query("checkpoint", files[0], $"SELECT CAST(to_json(c) AS VARCHAR) FROM read_parquet({FileList.Of(dialect, files)}, union_by_name = true) c");
        return result.Rows(row => JsonNode.Parse(row.Text(0)!)!);
    }

    /// <summary>Writes the checkpoint of a snapshot, and the hint that points at it. A checkpoint is a help, never needed: the caller may pass over a failure.</summary>
    internal void Write(string folder, DeltaSnapshot snapshot, DateTimeOffset now)
    {
        var since = DeltaRetention.RememberedSince(snapshot.Metadata!, now);
        List<JsonObject> actions =
        [
            new() { ["protocol"] = snapshot.Protocol!.ToJson() },
            new() { ["metaData"] = snapshot.Metadata!.ToJson() },
            .. snapshot.Transactions.Select(t => new JsonObject { ["txn"] = new JsonObject { ["appId"] = t.Key, ["version"] = t.Value } }),
            .. snapshot.Files.Select(f => new JsonObject { ["add"] = f.ToJson(dataChange: false) }),
            .. snapshot.Tombstones.Where(r => (r.DeletionTimestamp ?? 0) >= since).Select(r => new JsonObject { ["remove"] = r.ToJson(dataChange: false) }),
        ];
        var name = DeltaLog.NameOf(snapshot.Version) + ".checkpoint.parquet";
        var lines = Path.Combine(folder, $".{Guid.NewGuid():N}.actions");
        var temporary = lines + ".parquet";
        try
        {
            File.WriteAllLines(lines, actions.Select(a => a.ToJsonString()));
            runner.Run("checkpoint", name, $"""
                COPY (SELECT unnest(json_transform(json, {dialect.Quote(Shape)})) FROM read_ndjson_objects({FileList.Of(dialect, [lines])}))
                TO {dialect.Quote(temporary)} (FORMAT parquet)
                """);
            File.Move(temporary, Path.Combine(folder, name), overwrite: true);
            WriteHint(folder, snapshot.Version, actions.Count);
        }
        finally
        {
            File.Delete(lines);
            File.Delete(temporary);
        }
    }

    private static void WriteHint(string folder, long version, int size)
    {
        var hint = Path.Combine(folder, "_last_checkpoint");
        var temporary = $"{hint}.{Guid.NewGuid():N}.tmp";
        File.WriteAllText(temporary, JsonSerializer.Serialize(new { version, size }));
        // Hadoop's local file system leaves a checksum beside the hint that Spark wrote; it would contradict ours.
        File.Delete(Path.Combine(folder, "._last_checkpoint.crc"));
        File.Move(temporary, hint, overwrite: true);
    }

    [GeneratedRegex("^(?<version>[0-9]{20})[.]checkpoint([.][0-9]{10}[.](?<parts>[0-9]{10}))?[.]parquet$")]
    private static partial Regex CheckpointName();
}
