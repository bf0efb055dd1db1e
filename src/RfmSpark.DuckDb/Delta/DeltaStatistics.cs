using System.Globalization;
using System.Text.Json.Nodes;
using RfmSpark.Engine;

namespace RfmSpark.DuckDb.Delta;

/// <summary>
/// A file's statistics for its <c>add</c> action (PROTOCOL.md, "Per-file Statistics"). Readers answer MIN, MAX and COUNT from them, so what is
/// written here is exact, and what cannot be exact is left out.
/// </summary>
internal static class DeltaStatistics
{
    private const int LongestText = 32;

    /// <param name="rows">Rows in the file.</param>
    /// <param name="columns">The columns in the file.</param>
    /// <param name="collected">Column name in quotes → what DuckDB collected while it wrote: min, max, null_count, has_nan.</param>
    internal static string Of(long rows, IEnumerable<Column> columns, IReadOnlyDictionary<string, Dictionary<string, string?>> collected)
    {
        var (min, max, nulls) = (new JsonObject(), new JsonObject(), new JsonObject());
        foreach (var column in columns)
        {
            if (!collected.TryGetValue($"\"{column.Name}\"", out var stats)) continue;
            if (stats.TryGetValue("null_count", out var count) && count is not null) nulls[column.Name] = long.Parse(count, CultureInfo.InvariantCulture);
            if (stats.TryGetValue("has_nan", out var nan) && nan == "true") continue;
            var (least, greatest) = (Value(column.Type, stats.GetValueOrDefault("min")), Value(column.Type, stats.GetValueOrDefault("max")));
            if (least is null || greatest is null) continue;
            min[column.Name] = least;
            max[column.Name] = greatest;
        }
        return new JsonObject { ["numRecords"] = rows, ["minValues"] = min, ["maxValues"] = max, ["nullCount"] = nulls }.ToJsonString();
    }

    // Numbers go in digit by digit, never through a double. Text that may have been cut short is no bound.
    private static JsonNode? Value(ColumnType type, string? text) => type.Kind switch
    {
        _ when text is null => null,
        ColumnKind.Int or ColumnKind.Long or ColumnKind.Decimal => JsonNode.Parse(text),
        ColumnKind.Double => double.TryParse(text, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) ? JsonValue.Create(number) : null,
        ColumnKind.Date => JsonValue.Create(text),
        ColumnKind.Text => text.Length <= LongestText ? JsonValue.Create(text) : null,
        _ => null,
    };
}
