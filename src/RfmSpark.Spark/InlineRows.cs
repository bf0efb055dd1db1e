using System.Globalization;
using System.Text;
using RfmSpark.Engine;

namespace RfmSpark.Spark;

/// <summary>
/// A few rows as a SELECT over VALUES: they travel inside the plan, so that no file is staged for them, no job reads them, and Spark knows that they are few
/// and sends them to where they are joined. Every value is written as text and cast to its column's type.
/// </summary>
internal sealed class InlineRows : IRowWriter
{
    /// <summary>More rows than these are staged as a file.</summary>
    internal const int Most = 1000;

    private readonly Table _table;
    private readonly Dialect _dialect;
    private readonly StringBuilder _values = new();
    private int _column;

    private InlineRows(Table table, Dialect dialect)
    {
        _table = table;
        _dialect = dialect;
    }

    /// <summary>The SELECT of these rows.</summary>
    internal static string Select<T>(Table table, Dialect dialect, IReadOnlyList<T> rows, Action<T, IRowWriter> write)
    {
        var writer = new InlineRows(table, dialect);
        foreach (var row in rows)
        {
            write(row, writer);
            writer.EndRow();
        }
        var columns = table.Columns.Select((c, i) => $"CAST({(rows.Count == 0 ? "NULL" : Name(i))} AS {dialect.TypeName(c.Type)}) AS {dialect.Identifier(c.Name)}");
        var names = string.Join(", ", table.Columns.Select((_, i) => Name(i)));
        return $"SELECT {string.Join(", ", columns)} " + (rows.Count == 0 ? "WHERE FALSE" : $"FROM VALUES {writer._values} AS given({names})");
    }

    public void Text(string? value) => Write(value);

    public void Long(long value) => Write(_table.Columns[_column].Type.Kind == ColumnKind.Boolean ? value != 0 ? "true" : "false" : value.ToString(CultureInfo.InvariantCulture));

    public void Double(double value) => Write(value.ToString("R", CultureInfo.InvariantCulture));

    public void Decimal(decimal value) => Write(value.ToString(CultureInfo.InvariantCulture));

    public void Date(DateOnly value) => Write(value.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));

    public void Null() => Write(null);

    private static string Name(int column) => "c" + column.ToString(CultureInfo.InvariantCulture);

    private void Write(string? value)
    {
        _values.Append(_column > 0 ? ", " : _values.Length > 0 ? ", (" : "(").Append(value is null ? "NULL" : _dialect.Quote(value));
        _column++;
    }

    private void EndRow()
    {
        if (_column != _table.Columns.Count) throw new InvalidOperationException($"A row of {_table.Name} has {_column} of {_table.Columns.Count} values.");
        _values.Append(')');
        _column = 0;
    }
}
