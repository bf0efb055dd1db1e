using System.Globalization;
using RfmSpark.Engine;

namespace RfmSpark.Postgres;

/// <summary>Types and names as PostgreSQL writes them.</summary>
internal static class PostgresTypes
{
    /// <summary>The type as PostgreSQL itself writes it, so that it can be compared with what a table has.</summary>
    internal static string Name(ColumnType type) => type.Kind switch
    {
        ColumnKind.Text => "text",
        ColumnKind.Boolean => "boolean",
        ColumnKind.Int => "integer",
        ColumnKind.Long => "bigint",
        ColumnKind.Double => "double precision",
        ColumnKind.Decimal => string.Create(CultureInfo.InvariantCulture, $"numeric({type.Precision},{type.Scale})"),
        ColumnKind.Date => "date",
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, null),
    };

    /// <summary>A name as SQL writes it, whatever characters it has.</summary>
    internal static string Identifier(string name) => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
