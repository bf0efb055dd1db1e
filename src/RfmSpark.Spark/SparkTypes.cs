using System.Globalization;
using RfmSpark.Engine;

namespace RfmSpark.Spark;

/// <summary>Our types by the names that Spark's schemas have for them.</summary>
internal static class SparkTypes
{
    /// <summary>Spark's name of a type of ours.</summary>
    internal static string NameOf(ColumnType type) => type.Kind switch
    {
        ColumnKind.Text => "string",
        ColumnKind.Int => "integer",
        _ => type.ToString(),
    };

    /// <summary>Our type for one of Spark's; null if we have none.</summary>
    internal static ColumnType? TypeOf(string name) => name switch
    {
        "string" => ColumnType.Text,
        "boolean" => ColumnType.Boolean,
        "byte" or "short" or "integer" => ColumnType.Int,
        "long" => ColumnType.Long,
        "float" or "double" => ColumnType.Double,
        "date" => ColumnType.Date,
        "timestamp" or "timestamp_ntz" => ColumnType.Timestamp,
        _ when name.StartsWith("decimal(", StringComparison.Ordinal) && name["decimal(".Length..^1].Split(',') is [var precision, var scale]
            => ColumnType.Decimal(int.Parse(precision, CultureInfo.InvariantCulture), int.Parse(scale, CultureInfo.InvariantCulture)),
        _ => null,
    };
}
