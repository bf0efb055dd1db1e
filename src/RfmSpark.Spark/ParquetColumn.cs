using Parquet;
using Parquet.Schema;
using RfmSpark.Engine;

namespace RfmSpark.Spark;

/// <summary>The values of one column of a row group of Parquet, as they are gathered.</summary>
internal abstract class ParquetColumn
{
    private protected ParquetColumn(DataField field) => Field = field;

    /// <summary>The column's name and type in the file's schema; it may hold NULL.</summary>
    internal DataField Field { get; }

    /// <summary>A column for groups of up to <paramref name="rows"/> rows.</summary>
    internal static ParquetColumn Of(Column column, int rows)
    {
        var (name, type) = (column.Name, column.Type);
        return type.Kind switch
        {
            ColumnKind.Text => new Texts(name, rows),
            ColumnKind.Boolean => new Booleans(name, rows),
            ColumnKind.Int => new Ints(name, rows),
            ColumnKind.Long => new Longs(name, rows),
            ColumnKind.Double => new Doubles(name, rows),
            ColumnKind.Decimal => new Decimals(name, type, rows),
            ColumnKind.Date => new Dates(name, rows),
            _ => throw new NotSupportedException($"Rows made here hold no {type}."),
        };
    }

    internal virtual void Add(string? value) => throw Mismatch("text");

    internal virtual void Add(long value) => throw Mismatch("an integer");

    internal virtual void Add(double value) => throw Mismatch("a double");

    internal virtual void Add(decimal value) => throw Mismatch("a decimal");

    internal virtual void Add(DateOnly value) => throw Mismatch("a day");

    internal abstract void AddNull();

    /// <summary>Writes what was gathered, and begins anew.</summary>
    internal abstract Task MoveInto(ParquetRowGroupWriter group);

    private InvalidOperationException Mismatch(string given) => new($"Column {Field.Name} was given {given}.");

    private abstract class Values<T>(DataField field, int rows) : ParquetColumn(field)
        where T : struct
    {
        private readonly T?[] _values = new T?[rows];
        private int _count;

        internal sealed override void AddNull() => Append(null);

        internal sealed override async Task MoveInto(ParquetRowGroupWriter group)
        {
            await group.WriteAsync<T>(Field, _values.AsMemory(0, _count));
            _count = 0;
        }

        private protected void Append(T? value) => _values[_count++] = value;
    }

    private sealed class Booleans(string name, int rows) : Values<bool>(new DataField<bool?>(name), rows)
    {
        internal override void Add(long value) => Append(value != 0);
    }

    private sealed class Ints(string name, int rows) : Values<int>(new DataField<int?>(name), rows)
    {
        internal override void Add(long value) => Append(checked((int)value));
    }

    private sealed class Longs(string name, int rows) : Values<long>(new DataField<long?>(name), rows)
    {
        internal override void Add(long value) => Append(value);
    }

    private sealed class Doubles(string name, int rows) : Values<double>(new DataField<double?>(name), rows)
    {
        internal override void Add(double value) => Append(value);
    }

    private sealed class Decimals(string name, ColumnType type, int rows) : Values<decimal>(new DecimalDataField(name, type.Precision, type.Scale, isNullable: true), rows)
    {
        internal override void Add(decimal value) => Append(Math.Round(value, Math.Min(type.Scale, 28), MidpointRounding.AwayFromZero));
    }

    private sealed class Dates(string name, int rows) : Values<DateOnly>(new DataField<DateOnly?>(name), rows)
    {
        internal override void Add(DateOnly value) => Append(value);
    }

    private sealed class Texts(string name, int rows) : ParquetColumn(new DataField<string>(name, true))
    {
        private readonly List<string?> _values = new(rows);

        internal override void Add(string? value) => _values.Add(value);

        internal override void AddNull() => _values.Add(null);

        internal override async Task MoveInto(ParquetRowGroupWriter group)
        {
            await group.WriteAsync(Field, _values);
            _values.Clear();
        }
    }
}
