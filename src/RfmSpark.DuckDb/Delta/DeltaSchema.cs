using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using RfmSpark.Engine;

namespace RfmSpark.DuckDb.Delta;

/// <summary>Our columns as a Delta schema string, and back (PROTOCOL.md, "Schema Serialization Format").</summary>
internal static class DeltaSchema
{
    /// <summary>The schema string of these columns; all nullable, since Parquet files are written so.</summary>
    internal static string Write(IEnumerable<Column> columns) => new JsonObject
    {
        ["type"] = "struct",
        ["fields"] = new JsonArray([.. columns.Select(Field)]),
    }.ToJsonString();

    /// <summary>A schema string with these columns behind its own, which stay as their writer has declared them, be it with comments, narrower types or as not nullable.</summary>
    internal static string Extend(string schema, IEnumerable<Column> columns)
    {
        var extended = JsonNode.Parse(schema)!;
        foreach (var column in columns) extended["fields"]!.AsArray().Add(Field(column));
        return extended.ToJsonString();
    }

    /// <summary>The columns of a schema string.</summary>
    /// <exception cref="DeltaFeatureException">A column is of a type that no table of ours has, or carries an invariant.</exception>
    internal static IReadOnlyList<Column> Read(string schema) => Fields(schema, field =>
    {
        var name = field["name"]!.GetValue<string>();
        if (field["metadata"]?["delta.invariants"] is not null) throw new DeltaFeatureException($"an invariant on column {name}");
        return field["type"] is JsonValue type && TypeOf(type.GetValue<string>()) is { } known
            ? new Column(name, known, "")
            : throw new DeltaFeatureException($"the type {field["type"]} of column {name}");
    });

    /// <summary>The columns of any schema string; without a type where it is one that no table of ours has.</summary>
    /// <exception cref="DeltaFeatureException">It is damaged.</exception>
    internal static IReadOnlyList<(string Name, ColumnType? Type)> ReadForeign(string schema) =>
        Fields(schema, field => (field["name"]!.GetValue<string>(), field["type"] is JsonValue type ? TypeOf(type.GetValue<string>()) : null));

    private static IReadOnlyList<T> Fields<T>(string schema, Func<JsonNode, T> read)
    {
        try
        {
            return [.. JsonNode.Parse(schema)!["fields"]!.AsArray().Select(field => read(field!))];
        }
        catch (Exception damaged) when (damaged is JsonException or InvalidOperationException or FormatException or OverflowException or NullReferenceException or IndexOutOfRangeException)
        {
            throw new DeltaFeatureException($"a schema that is damaged ({damaged.Message})");
        }
    }

    /// <summary>The columns of ours that a table lacks: those that are new in this version of the program.</summary>
    /// <exception cref="EngineFault">A column of the same name has another type.</exception>
    internal static IReadOnlyList<Column> Added(IReadOnlyList<Column> existing, Table table, string path)
    {
        foreach (var column in existing.Where(c => table.Has(c.Name) && table[c.Name].Type != c.Type))
            throw new EngineFault($"{path}: column {column.Name} is {column.Type} there and {table[column.Name].Type} here; "
                + $"the table was made by another version of the program. Publish to another --out.");
        return [.. table.Columns.Where(c => existing.All(e => e.Name != c.Name))];
    }

    private static JsonObject Field(Column column) => new()
    {
        ["name"] = column.Name,
        ["type"] = TypeName(column.Type),
        ["nullable"] = true,
        ["metadata"] = new JsonObject(),
    };

    private static string TypeName(ColumnType type) => type.Kind switch
    {
        ColumnKind.Text => "string",
        ColumnKind.Int => "integer",
        _ => type.ToString(),
    };

    private static ColumnType? TypeOf(string name) => name switch
    {
        "string" => ColumnType.Text,
        "boolean" => ColumnType.Boolean,
        "integer" or "short" or "byte" => ColumnType.Int,
        "long" => ColumnType.Long,
        "double" or "float" => ColumnType.Double,
        "date" => ColumnType.Date,
        "timestamp" => ColumnType.Timestamp,
        _ when name.StartsWith("decimal(", StringComparison.Ordinal) => DecimalOf(name),
        _ => null,
    };

    private static ColumnType DecimalOf(string name)
    {
        var digits = name["decimal(".Length..^1].Split(',');
        return ColumnType.Decimal(int.Parse(digits[0], CultureInfo.InvariantCulture), int.Parse(digits[1], CultureInfo.InvariantCulture));
    }
}
