using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace RfmSpark.DuckDb.Native;

// Ownership as a type: what one of these holds is given back to DuckDB exactly once.

/// <summary>An open database. https://duckdb.org/docs/stable/clients/c/connect</summary>
internal sealed class DatabaseHandle() : SafeHandleZeroOrMinusOneIsInvalid(true)
{
    internal DatabaseHandle(nint handle) : this() => SetHandle(handle);

    protected override bool ReleaseHandle()
    {
        DuckDbApi.Close(ref handle);
        return true;
    }
}

/// <summary>A connection: one query at a time.</summary>
internal sealed class ConnectionHandle() : SafeHandleZeroOrMinusOneIsInvalid(true)
{
    protected override bool ReleaseHandle()
    {
        DuckDbApi.Disconnect(ref handle);
        return true;
    }
}

/// <summary>Settings with which a database is opened.</summary>
internal sealed class ConfigHandle() : SafeHandleZeroOrMinusOneIsInvalid(true)
{
    protected override bool ReleaseHandle()
    {
        DuckDbApi.DestroyConfig(ref handle);
        return true;
    }
}

/// <summary>Up to 2,048 rows, column by column.</summary>
internal sealed class ChunkHandle() : SafeHandleZeroOrMinusOneIsInvalid(true)
{
    internal ChunkHandle(nint handle) : this() => SetHandle(handle);

    protected override bool ReleaseHandle()
    {
        DuckDbApi.DestroyDataChunk(ref handle);
        return true;
    }
}

/// <summary>Appends chunks to one table.</summary>
internal sealed class AppenderHandle() : SafeHandleZeroOrMinusOneIsInvalid(true)
{
    protected override bool ReleaseHandle()
    {
        DuckDbApi.AppenderDestroy(ref handle);
        return true;
    }
}

/// <summary>A column's type, with its parameters.</summary>
internal sealed class LogicalTypeHandle() : SafeHandleZeroOrMinusOneIsInvalid(true)
{
    protected override bool ReleaseHandle()
    {
        DuckDbApi.DestroyLogicalType(ref handle);
        return true;
    }
}

/// <summary>duckdb_result: 48 bytes, passed by value where chunks are fetched. Owned by <see cref="QueryResult"/>.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct ResultStruct
{
    private readonly ulong _columnCount, _rowCount, _rowsChanged;
    private readonly nint _columns, _error, _internal;
}

/// <summary>duckdb_query_progress_type.</summary>
[StructLayout(LayoutKind.Sequential)]
internal readonly struct ProgressStruct
{
    internal readonly double Percentage;
    internal readonly ulong RowsProcessed, TotalRows;
}

/// <summary>duckdb_type, the values that we meet.</summary>
internal enum DuckDbType
{
    Boolean = 1, TinyInt = 2, SmallInt = 3, Integer = 4, BigInt = 5, UTinyInt = 6, USmallInt = 7, UInteger = 8, UBigInt = 9,
    Float = 10, Double = 11, Timestamp = 12, Date = 13, HugeInt = 16, Varchar = 17, Decimal = 19, List = 24, Struct = 25, Map = 26, TimestampTz = 31,
}
