using System.Text;
using RfmSpark.Engine;

namespace RfmSpark.DuckDb.Native;

/// <summary>Fills a table chunk by chunk: values go straight into DuckDB's vectors.</summary>
internal sealed unsafe class TableAppender : IRowWriter, IDisposable
{
    private readonly AppenderHandle _appender;
    private readonly ChunkHandle _chunk;
    private readonly ColumnType[] _types;
    private readonly nint[] _vectors;
    private readonly nint[] _data;
    private readonly int _capacity = (int)DuckDbApi.VectorSize();
    private int _row, _column;

    /// <summary>An appender to <paramref name="table"/>, whose columns have these types.</summary>
    internal TableAppender(Connection connection, string table, IReadOnlyList<ColumnType> types)
    {
        if (DuckDbApi.AppenderCreate(connection.Handle, null, table, out _appender) != 0)
            throw new EngineFault($"{table}: {DuckDbApi.Text(DuckDbApi.AppenderError(_appender))}");
        _types = [.. types];
        _vectors = new nint[_types.Length];
        _data = new nint[_types.Length];
        var logical = _types.Select(LogicalType).ToArray();
        _chunk = DuckDbApi.CreateDataChunk([.. logical.Select(t => t.DangerousGetHandle())], (ulong)logical.Length);
        foreach (var type in logical) type.Dispose();
        FindVectors();
    }

    /// <summary>Begins the next row; the one before must be complete.</summary>
    internal void EndRow()
    {
        if (_column != _types.Length) throw new InvalidOperationException($"A row has {_column} of {_types.Length} values.");
        _column = 0;
        if (++_row == _capacity) Flush();
    }

    /// <summary>Hands over what is left. Without it nothing of the last chunk is kept.</summary>
    internal void Complete()
    {
        if (_row > 0) Flush();
        Check(DuckDbApi.AppenderClose(_appender));
    }

    public void Text(string? value)
    {
        if (value is null)
        {
            Null();
            return;
        }
        Expect(ColumnKind.Text);
        var length = Encoding.UTF8.GetByteCount(value);
        Span<byte> bytes = length <= 512 ? stackalloc byte[length + 1] : new byte[length + 1];
        Encoding.UTF8.GetBytes(value, bytes);
        fixed (byte* start = bytes) DuckDbApi.VectorAssignString(_vectors[_column], (ulong)_row, start, (ulong)length);
        _column++;
    }

    public void Long(long value)
    {
        switch (_types[_column].Kind)
        {
            case ColumnKind.Int: ((int*)_data[_column])[_row] = checked((int)value); break;
            case ColumnKind.Long: ((long*)_data[_column])[_row] = value; break;
            case ColumnKind.Boolean: ((byte*)_data[_column])[_row] = value == 0 ? (byte)0 : (byte)1; break;
            default: throw Mismatch("an integer");
        }
        _column++;
    }

    public void Double(double value)
    {
        Expect(ColumnKind.Double);
        ((double*)_data[_column++])[_row] = value;
    }

    public void Decimal(decimal value)
    {
        Expect(ColumnKind.Decimal);
        var (precision, scale) = (_types[_column].Precision, _types[_column].Scale);
        var rounded = Math.Round(value, Math.Min(scale, 28), MidpointRounding.AwayFromZero);
        var digits = (Int128)rounded;
        var rest = rounded - decimal.Truncate(rounded);
        for (var i = 0; i < scale; i++)
        {
            rest *= 10;
            digits = (digits * 10) + (int)rest;
            rest -= decimal.Truncate(rest);
        }
        switch (precision)
        {
            case <= 4: ((short*)_data[_column])[_row] = checked((short)digits); break;
            case <= 9: ((int*)_data[_column])[_row] = checked((int)digits); break;
            case <= 18: ((long*)_data[_column])[_row] = checked((long)digits); break;
            default: ((Int128*)_data[_column])[_row] = digits; break;
        }
        _column++;
    }

    public void Date(DateOnly value)
    {
        Expect(ColumnKind.Date);
        ((int*)_data[_column++])[_row] = value.DayNumber - DateOnly.FromDateTime(DateTime.UnixEpoch).DayNumber;
    }

    public void Null()
    {
        DuckDbApi.VectorEnsureValidityWritable(_vectors[_column]);
        var validity = (ulong*)DuckDbApi.VectorGetValidity(_vectors[_column]);
        validity[_row >> 6] &= ~(1UL << (_row & 63));
        _column++;
    }

    public void Dispose()
    {
        _chunk.Dispose();
        _appender.Dispose();
    }

    private static LogicalTypeHandle LogicalType(ColumnType type) => type.Kind switch
    {
        ColumnKind.Decimal => DuckDbApi.CreateDecimalType((byte)type.Precision, (byte)type.Scale),
        ColumnKind.Text => DuckDbApi.CreateLogicalType(DuckDbType.Varchar),
        ColumnKind.Boolean => DuckDbApi.CreateLogicalType(DuckDbType.Boolean),
        ColumnKind.Int => DuckDbApi.CreateLogicalType(DuckDbType.Integer),
        ColumnKind.Long => DuckDbApi.CreateLogicalType(DuckDbType.BigInt),
        ColumnKind.Double => DuckDbApi.CreateLogicalType(DuckDbType.Double),
        ColumnKind.Date => DuckDbApi.CreateLogicalType(DuckDbType.Date),
        _ => throw new NotSupportedException($"Rows made here hold no {type}."),
    };

    private void FindVectors()
    {
        for (var i = 0; i < _types.Length; i++)
        {
            _vectors[i] = DuckDbApi.DataChunkGetVector(_chunk, (ulong)i);
            _data[i] = DuckDbApi.VectorGetData(_vectors[i]);
        }
    }

    private void Flush()
    {
        DuckDbApi.DataChunkSetSize(_chunk, (ulong)_row);
        Check(DuckDbApi.AppendDataChunk(_appender, _chunk));
        DuckDbApi.DataChunkReset(_chunk);
        FindVectors();
        _row = 0;
    }

    private void Check(int state)
    {
        if (state == 0) return;
        var error = DuckDbApi.Text(DuckDbApi.AppenderError(_appender));
        // The appender's errors have no type.
        throw error.Contains("Interrupted!", StringComparison.Ordinal) ? new OperationCanceledException(error) : new EngineFault($"Rows were refused: {error}");
    }

    private void Expect(ColumnKind kind)
    {
        if (_types[_column].Kind != kind) throw Mismatch($"a {kind}");
    }

    private InvalidOperationException Mismatch(string given) => new($"Column {_column} is {_types[_column]} and was given {given}.");
}
