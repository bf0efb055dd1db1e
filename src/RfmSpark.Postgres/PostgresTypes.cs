using System.Globalization;
using Npgsql;
using RfmSpark.Engine;

namespace RfmSpark.Postgres;

/// <summary>Types and values as PostgreSQL has them.</summary>
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

    /// <summary>Writes one value into a binary COPY, as the .NET type that Npgsql takes for the column's type.</summary>
    /// <exception cref="DataFault">A text has a NUL character.</exception>
    internal static void Write(NpgsqlBinaryImporter copy, Column column, IRow row, int at)
    {
        if (row.IsNull(at))
        {
            copy.WriteNull();
            return;
        }
        switch (column.Type.Kind)
        {
            case ColumnKind.Text:
                copy.Write(Text(column, row.Text(at)!));
                break;
            case ColumnKind.Boolean:
                copy.Write((bool)row.Value(at)!);
                break;
            case ColumnKind.Int:
                copy.Write((int)row.Long(at));
                break;
            case ColumnKind.Long:
                copy.Write(row.Long(at));
                break;
            case ColumnKind.Double:
                copy.Write(row.Double(at));
                break;
            case ColumnKind.Decimal:
                copy.Write(row.Decimal(at));
                break;
            case ColumnKind.Date:
                copy.Write(row.Date(at));
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(column), column.Type, null);
        }
    }

    // The only character that PostgreSQL's text cannot hold. To leave it out could make two customers one.
    private static string Text(Column column, string text) => !text.Contains('\0', StringComparison.Ordinal) ? text
        : throw new DataFault($"{column.Name} '{text.Replace("\0", "\\0", StringComparison.Ordinal)}' has a NUL character, which PostgreSQL's text cannot hold. Mend it in the orders, and publish the day again. Nothing was changed in the database.");
}
