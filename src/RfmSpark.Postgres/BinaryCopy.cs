using System.Buffers.Binary;
using System.Text;
using RfmSpark.Engine;

namespace RfmSpark.Postgres;

/// <summary>
/// Writes rows as COPY … FROM STDIN (FORMAT BINARY) takes them. Npgsql's own writer does the same by way of a parameter for each value, which
/// takes most of the time of a push.
/// </summary>
/// <remarks>
/// What is sent ends with a whole row, so that a writer which is given up halfway leaves no error of its own behind.
/// The format: https://www.postgresql.org/docs/15/sql-copy.html, "Binary Format".
/// </remarks>
internal sealed class BinaryCopy : IDisposable
{
    private const int SendAt = 128 * 1024;
    private static readonly DateOnly Epoch = new(2000, 1, 1);
    private readonly Stream _stream;
    private readonly IReadOnlyList<Column> _columns;
    private byte[] _buffer = new byte[2 * SendAt];
    private int _length;

    internal BinaryCopy(Stream stream, IReadOnlyList<Column> columns)
    {
        _stream = stream;
        _columns = columns;
        ReadOnlySpan<byte> signature = [.. "PGCOPY\n"u8, 0xff, .. "\r\n\0"u8];
        signature.CopyTo(Next(signature.Length));
        Integer(0);   // No flags,
        Integer(0);   // and no extension of the header.
        Send();
    }

    /// <summary>Rows so far.</summary>
    internal long Rows { get; private set; }

    /// <summary>Writes one row.</summary>
    /// <exception cref="DataFault">A text has a NUL character.</exception>
    internal void Row(IRow row)
    {
        Short((short)_columns.Count);
        for (var i = 0; i < _columns.Count; i++)
        {
            if (row.IsNull(i)) Integer(-1);
            else Value(_columns[i], row, i);
        }
        Rows++;
        if (_length >= SendAt) Send();
    }

    /// <summary>Sends what is left. The rows are in the table once this is disposed of without an error.</summary>
    internal void Complete()
    {
        Short(-1);
        Send();
    }

    public void Dispose() => _stream.Dispose();

    private void Value(Column column, IRow row, int at)
    {
        switch (column.Type.Kind)
        {
            case ColumnKind.Text:
                Text(column, row.Text(at)!);
                break;
            case ColumnKind.Boolean:
                Integer(1);
                Next(1)[0] = (bool)row.Value(at)! ? (byte)1 : (byte)0;
                break;
            case ColumnKind.Int:
                Integer(4);
                Integer((int)row.Long(at));
                break;
            case ColumnKind.Long:
                Integer(8);
                BinaryPrimitives.WriteInt64BigEndian(Next(8), row.Long(at));
                break;
            case ColumnKind.Double:
                Integer(8);
                BinaryPrimitives.WriteDoubleBigEndian(Next(8), row.Double(at));
                break;
            case ColumnKind.Decimal:
                Numeric(row.Decimal(at), column.Type.Scale);
                break;
            case ColumnKind.Date:
                Integer(4);
                Integer(row.Date(at).DayNumber - Epoch.DayNumber);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(column), column.Type, null);
        }
    }

    // NUL is the only character that PostgreSQL's text cannot hold. To leave it out could make two customers one.
    private void Text(Column column, string text)
    {
        if (text.Contains('\0', StringComparison.Ordinal))
            throw new DataFault($"{column.Name} '{text.Replace("\0", "\\0", StringComparison.Ordinal)}' has a NUL character, which PostgreSQL's text cannot hold. "
                + $"Mend it in the orders, and publish the day again. Nothing was changed in the database.");
        var bytes = Encoding.UTF8.GetByteCount(text);
        Integer(bytes);
        Encoding.UTF8.GetBytes(text, Next(bytes));
    }

    // Digits to the base of 10,000, the first of them worth 10,000 to the power of the weight; the point lies between two of them.
    private void Numeric(decimal value, int scale)
    {
        var behind = (scale + 3) / 4;
        var rest = (UInt128)Math.Abs(value);
        var fraction = (Math.Abs(value) - (decimal)rest) * Power(behind);
        for (var i = 0; i < behind; i++) rest *= 10_000;
        rest += (UInt128)fraction;
        Span<short> digits = stackalloc short[16];
        var count = 0;
        for (; rest > 0; rest /= 10_000) digits[count++] = (short)(ushort)(rest % 10_000);

        Integer(8 + 2 * count);
        Short((short)count);
        Short((short)(count - behind - 1));
        Short(value < 0 ? (short)0x4000 : (short)0);
        Short((short)scale);
        for (var i = count - 1; i >= 0; i--) Short(digits[i]);
    }

    private static decimal Power(int digits) => digits == 0 ? 1 : 10_000 * Power(digits - 1);

    private void Short(short value) => BinaryPrimitives.WriteInt16BigEndian(Next(2), value);

    private void Integer(int value) => BinaryPrimitives.WriteInt32BigEndian(Next(4), value);

    private Span<byte> Next(int bytes)
    {
        if (_length + bytes > _buffer.Length) Array.Resize(ref _buffer, Math.Max(2 * _buffer.Length, _length + bytes));
        _length += bytes;
        return _buffer.AsSpan(_length - bytes, bytes);
    }

    private void Send()
    {
        _stream.Write(_buffer, 0, _length);
        _length = 0;
    }
}
