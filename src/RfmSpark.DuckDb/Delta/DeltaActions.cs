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

/// <summary>A file that no longer belongs to the table; kept so that VACUUM knows when it may go. All but its path may be unknown: other writers need not tell it.</summary>
internal sealed record RemoveFile(string Path, long? DeletionTimestamp, IReadOnlyDictionary<string, string?>? PartitionValues, long? Size)
{
    internal JsonObject ToJson(bool dataChange) => new()
    {
        ["path"] = Path,
        ["deletionTimestamp"] = DeletionTimestamp,
        ["dataChange"] = dataChange,
        // A promise to readers that the two that follow are there.
        ["extendedFileMetadata"] = PartitionValues is not null && Size is not null,
        ["partitionValues"] = PartitionValues is null ? null : DeltaJson.Map(PartitionValues),
        ["size"] = Size,
    };

    internal static RemoveFile FromJson(JsonNode remove) => new(remove["path"]!.GetValue<string>(), remove["deletionTimestamp"]?.GetValue<long>(),
        remove["partitionValues"] is { } values ? DeltaJson.Map(values) : null, remove["size"]?.GetValue<long>());
}

/// <summary>The table's schema and settings. Other writers say more of a table than is used here, such as its name, so the action is kept as the log has it.</summary>
internal sealed class TableMetadata(JsonObject action)
{
    internal string SchemaString { get; } = action["schemaString"]!.GetValue<string>();

    internal IReadOnlyList<string> PartitionColumns { get; } = [.. action["partitionColumns"]!.AsArray().Select(c => c!.GetValue<string>())];

    internal IReadOnlyDictionary<string, string?> Configuration { get; } = DeltaJson.Map(action["configuration"]);

    /// <summary>Whether no row may be taken out or replaced.</summary>
    internal bool IsAppendOnly => Configuration.GetValueOrDefault("delta.appendOnly") == "true";

    /// <summary>The metadata of a table that we begin.</summary>
    internal static TableMetadata Ours(string schema, IEnumerable<string> partitionColumns, long createdTime) => new(new JsonObject
    {
        ["id"] = Guid.NewGuid().ToString(),
        ["format"] = new JsonObject { ["provider"] = "parquet", ["options"] = new JsonObject() },
        ["schemaString"] = schema,
        ["partitionColumns"] = new JsonArray([.. partitionColumns.Select(c => JsonValue.Create(c))]),
        ["configuration"] = new JsonObject(),
        ["createdTime"] = createdTime,
    });

    /// <summary>The same table with another schema.</summary>
    internal TableMetadata With(string schema)
    {
        var changed = ToJson();
        changed["schemaString"] = schema;
        return new TableMetadata(changed);
    }

    internal JsonObject ToJson() => action.DeepClone().AsObject();
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

    /// <summary>Who committed what, for DESCRIBE HISTORY, which wants every parameter as a text.</summary>
    internal static JsonObject CommitInfo(string operation, JsonObject parameters, long now, string? transaction)
    {
        var info = new JsonObject
        {
            ["timestamp"] = now,
            ["operation"] = operation,
            ["operationParameters"] = parameters,
            ["isolationLevel"] = "Serializable",
            ["isBlindAppend"] = false,
            ["engineInfo"] = "RfmSpark",
        };
        if (transaction is not null) info["txnId"] = transaction;
        return new JsonObject { ["commitInfo"] = info };
    }
}
