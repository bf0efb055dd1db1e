using System.Text;

namespace RfmSpark.DuckDb.Native;

/// <summary>One column of a chunk: DuckDB's memory read in place, without a native call a value.</summary>
internal sealed unsafe class Vector
{
    private readonly nint _vector;
    private readonly byte* _data;
    private readonly ulong* _validity;
    private readonly DuckDbType _type;
    private readonly int _width, _scale;

    internal Vector(nint vector, LogicalTypeHandle type) : this(vector, DuckDbApi.GetTypeId(type))
    {
        if (_type != DuckDbType.Decimal) return;
        _width = DuckDbApi.DecimalWidth(type);
        _scale = DuckDbApi.DecimalScale(type);
    }

    private Vector(nint vector, DuckDbType type)
    {
        _vector = vector;
        _type = type;
        _data = (byte*)DuckDbApi.VectorGetData(vector);
        _validity = (ulong*)DuckDbApi.VectorGetValidity(vector);
    }

    internal bool IsNull(int row) => _validity != null && (_validity[row >> 6] & (1UL << (row & 63))) == 0;

    /// <summary>string_t: 4 bytes of length; up to 12 bytes of text inline, else a prefix and a pointer at offset 8.</summary>
    internal string Text(int row)
    {
        if (_type != DuckDbType.Varchar) throw Unreadable("text");
        var entry = _data + (16L * row);
        var length = *(int*)entry;
        var bytes = length <= 12 ? entry + 4 : *(byte**)(entry + 8);
        return Encoding.UTF8.GetString(bytes, length);
    }

    internal long Long(int row) => _type switch
    {
        DuckDbType.BigInt or DuckDbType.Timestamp or DuckDbType.TimestampTz => ((long*)_data)[row],
        DuckDbType.Integer or DuckDbType.Date => ((int*)_data)[row],
        DuckDbType.SmallInt => ((short*)_data)[row],
        DuckDbType.TinyInt => ((sbyte*)_data)[row],
        DuckDbType.UTinyInt => _data[row],
        DuckDbType.USmallInt => ((ushort*)_data)[row],
        DuckDbType.UInteger => ((uint*)_data)[row],
        DuckDbType.UBigInt => (long)((ulong*)_data)[row],
        DuckDbType.Boolean => _data[row],
        DuckDbType.HugeInt => (long)((Int128*)_data)[row],
        _ => throw Unreadable("an integer"),
    };

    internal double Double(int row) => _type switch
    {
        DuckDbType.Double => ((double*)_data)[row],
        DuckDbType.Float => ((float*)_data)[row],
        _ => throw Unreadable("a double"),
    };

    internal decimal Decimal(int row)
    {
        if (_type != DuckDbType.Decimal) return Long(row);
        var digits = _width switch
        {
            <= 4 => ((short*)_data)[row],
            <= 9 => ((int*)_data)[row],
            <= 18 => ((long*)_data)[row],
            _ => ((Int128*)_data)[row],
        };
        return FromDigits(digits, _scale);
    }

    internal DateOnly Date(int row) => _type == DuckDbType.Date
        ? DateOnly.FromDayNumber(DateOnly.FromDateTime(DateTime.UnixEpoch).DayNumber + ((int*)_data)[row])
        : throw Unreadable("a day");

    internal object Value(int row) => _type switch
    {
        DuckDbType.Varchar => Text(row),
        DuckDbType.Boolean => _data[row] != 0,
        DuckDbType.Double or DuckDbType.Float => Double(row),
        DuckDbType.Decimal => Decimal(row),
        DuckDbType.Date => Date(row),
        DuckDbType.Integer or DuckDbType.SmallInt or DuckDbType.TinyInt => (int)Long(row),
        DuckDbType.Timestamp or DuckDbType.TimestampTz => DateTime.UnixEpoch.AddTicks(((long*)_data)[row] * 10),
        _ => Long(row),
    };

    internal Dictionary<string, string?> TextMap(int row)
    {
        var (keys, values, offset, length) = Entries(row, DuckDbType.Varchar);
        var map = new Dictionary<string, string?>(length, StringComparer.Ordinal);
        for (var i = offset; i < offset + length; i++) map[keys.Text(i)] = values.IsNull(i) ? null : values.Text(i);
        return map;
    }

    internal Dictionary<string, Dictionary<string, string?>> NestedTextMap(int row)
    {
        var (keys, values, offset, length) = Entries(row, DuckDbType.Map);
        var map = new Dictionary<string, Dictionary<string, string?>>(length, StringComparer.Ordinal);
        for (var i = offset; i < offset + length; i++) map[keys.Text(i)] = values.TextMap(i);
        return map;
    }

    // A map is a list of structs of key and value; a list's entry is an offset and a length into its child.
    private (Vector Keys, Vector Values, int Offset, int Length) Entries(int row, DuckDbType valueType)
    {
        if (_type != DuckDbType.Map) throw Unreadable("a map");
        var entry = (ulong*)(_data + (16L * row));
        var child = DuckDbApi.ListVectorGetChild(_vector);
        return (new Vector(DuckDbApi.StructVectorGetChild(child, 0), DuckDbType.Varchar),
            new Vector(DuckDbApi.StructVectorGetChild(child, 1), valueType), (int)entry[0], (int)entry[1]);
    }

    private static decimal FromDigits(Int128 digits, int scale)
    {
        var size = (UInt128)(digits < 0 ? -digits : digits);
        if (size >> 96 != 0) throw new OverflowException($"A decimal of scale {scale} has more digits than .NET's decimal holds.");
        unchecked
        {
            return new decimal((int)(uint)size, (int)(uint)(size >> 32), (int)(uint)(size >> 64), digits < 0, (byte)scale);
        }
    }

    private InvalidOperationException Unreadable(string wanted) => new($"A column of type {_type} was read as {wanted}.");
}
