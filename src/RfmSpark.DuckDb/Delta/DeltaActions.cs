using System.Text.Json.Nodes;

namespace RfmSpark.DuckDb.Delta;

// The actions of the Delta protocol (PROTOCOL.md, "Actions") that a table of reader version 1 and writer version 2 may hold.

/// <summary>A data file that belongs to the table.</summary>
/// <param name="Path">Relative to the table, percent-encoded as the log has it.</param>
/// <param name="PartitionValues">Column → value as text, or null.</param>
/// <param name="Size">Bytes.</param>
/// <param name="ModificationTime">Milliseconds since 1970.</param>
/// <param name="Stats">Statistics, as the JSON text that the log has; null if there are none.</param>
internal sealed record AddFile(string Path, IReadOnlyDictionary<string, string?> PartitionValues, long Size, long ModificationTime, string? Stats)
{
    /// <summary>Where it lies, in the folder of its table.</summary>
    internal string In(string table) => System.IO.Path.Combine(table, Uri.UnescapeDataString(Path));

    internal JsonObject ToJson(bool dataChange) => new()
    {
        ["path"] = Path,
        ["partitionValues"] = DeltaJson.Map(PartitionValues),
        ["size"] = Size,
        ["modificationTime"] = ModificationTime,
        ["dataChange"] = dataChange,
        ["stats"] = Stats,
    };

    internal static AddFile FromJson(JsonNode add) => new(add["path"]!.GetValue<string>(), DeltaJson.Map(add["partitionValues"]),
        add["size"]!.GetValue<long>(), add["modificationTime"]!.GetValue<long>(), add["stats"]?.GetValue<string>());
}

/// <summary>A file that no longer belongs to the table; kept so that VACUUM knows when it may go.</summary>
internal sealed record RemoveFile(string Path, long? DeletionTimestamp, IReadOnlyDictionary<string, string?> PartitionValues, long? Size)
{
    internal JsonObject ToJson(bool dataChange) => new()
    {
        ["path"] = Path,
        ["deletionTimestamp"] = DeletionTimestamp,
        ["dataChange"] = dataChange,
        ["extendedFileMetadata"] = true,
        ["partitionValues"] = DeltaJson.Map(PartitionValues),
        ["size"] = Size,
    };

    internal static RemoveFile FromJson(JsonNode remove) => new(remove["path"]!.GetValue<string>(), remove["deletionTimestamp"]?.GetValue<long>(),
        DeltaJson.Map(remove["partitionValues"]), remove["size"]?.GetValue<long>());
}

/// <summary>The table's schema and settings.</summary>
internal sealed record TableMetadata(string Id, string SchemaString, IReadOnlyList<string> PartitionColumns, IReadOnlyDictionary<string, string?> Configuration, long? CreatedTime)
{
    internal JsonObject ToJson() => new()
    {
        ["id"] = Id,
        ["format"] = new JsonObject { ["provider"] = "parquet", ["options"] = new JsonObject() },
        ["schemaString"] = SchemaString,
        ["partitionColumns"] = new JsonArray([.. PartitionColumns.Select(c => JsonValue.Create(c))]),
        ["configuration"] = DeltaJson.Map(Configuration),
        ["createdTime"] = CreatedTime,
    };

    internal static TableMetadata FromJson(JsonNode metadata) => new(metadata["id"]!.GetValue<string>(), metadata["schemaString"]!.GetValue<string>(),
        [.. metadata["partitionColumns"]!.AsArray().Select(c => c!.GetValue<string>())], DeltaJson.Map(metadata["configuration"]), metadata["createdTime"]?.GetValue<long>());
}

/// <summary>What a reader and a writer of the table must be able to do.</summary>
internal sealed record TableProtocol(int MinReader, int MinWriter, IReadOnlyList<string> ReaderFeatures, IReadOnlyList<string> WriterFeatures)
{
    /// <summary>The protocol of a table that we begin.</summary>
    internal static readonly TableProtocol Ours = new(1, 2, [], []);

    internal JsonObject ToJson() => new() { ["minReaderVersion"] = MinReader, ["minWriterVersion"] = MinWriter };

    internal static TableProtocol FromJson(JsonNode protocol) => new(protocol["minReaderVersion"]!.GetValue<int>(), protocol["minWriterVersion"]!.GetValue<int>(),
        Names(protocol["readerFeatures"]), Names(protocol["writerFeatures"]));

    private static List<string> Names(JsonNode? names) => names?.AsArray().Select(n => n!.GetValue<string>()).ToList() ?? [];
}

/// <summary>Small JSON forms that several actions share.</summary>
internal static class DeltaJson
{
    internal static JsonObject Map(IReadOnlyDictionary<string, string?> map) => new(map.Select(e => KeyValuePair.Create(e.Key, (JsonNode?)e.Value)));

    internal static IReadOnlyDictionary<string, string?> Map(JsonNode? map) =>
        map?.AsObject().ToDictionary(e => e.Key, e => e.Value?.GetValue<string>()) ?? [];
}
