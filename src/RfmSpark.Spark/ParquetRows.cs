using Parquet;
using Parquet.Schema;
using RfmSpark.Engine;

namespace RfmSpark.Spark;

/// <summary>Rows as a Parquet file: Spark reads it by columns and by several threads, with no text to be parsed.</summary>
internal sealed class ParquetRows : IRowWriter
{
    // What is held here at once, and the least that a thread reads: a million values of a table of sixteen columns.
    private const int GroupRows = 1 << 16;

    private readonly Table _table;
    private readonly ParquetColumn[] _columns;
    private int _column;

    private ParquetRows(Table table)
    {
        _table = table;
        _columns = [.. table.Columns.Select(c => ParquetColumn.Of(c, GroupRows))];
    }

    /// <summary>Writes rows as a whole file into a stream.</summary>
    internal static async Task Write<T>(Stream stream, Table table, IEnumerable<T> rows, Action<T, IRowWriter> write)
    {
        var writer = new ParquetRows(table);
        await using var file = await ParquetWriter.CreateAsync(new ParquetSchema(writer._columns.Select(c => c.Field)), stream);
        foreach (var group in rows.Chunk(GroupRows))
        {
            foreach (var row in group)
            {
                write(row, writer);
                writer.EndRow();
            }
            using var written = file.CreateRowGroup();
            foreach (var column in writer._columns) await column.MoveInto(written);
        }
    }

    public void Text(string? value) => Next().Add(value);

    public void Long(long value) => Next().Add(value);

    public void Double(double value) => Next().Add(value);

    public void Decimal(decimal value) => Next().Add(value);

    public void Date(DateOnly value) => Next().Add(value);

    public void Null() => Next().AddNull();

    private ParquetColumn Next() => _columns[_column++];

    private void EndRow()
    {
        if (_column != _columns.Length) throw new InvalidOperationException($"A row of {_table.Name} has {_column} of {_columns.Length} values.");
        _column = 0;
    }
}
