namespace RfmSpark.DuckDb.Native;

/// <summary>A result in memory, read chunk by chunk, once.</summary>
internal sealed class QueryResult(ResultStruct result) : IDisposable
{
    private ResultStruct _result = result;
    private bool _disposed;

    /// <summary>What went wrong, for a result of a failed query.</summary>
    internal QueryException Error() => new(DuckDbApi.Text(DuckDbApi.ResultError(ref _result)), DuckDbApi.ResultErrorType(ref _result));

    /// <summary>Every row through <paramref name="map"/>. The row that it is given is valid during the call only.</summary>
    internal List<T> Rows<T>(Func<Engine.IRow, T> map)
    {
        List<T> rows = [];
        var types = new LogicalTypeHandle[DuckDbApi.ColumnCount(ref _result)];
        try
        {
            for (var i = 0; i < types.Length; i++) types[i] = DuckDbApi.ColumnLogicalType(ref _result, (ulong)i);
            while (DuckDbApi.FetchChunk(_result) is var pointer and not 0)
            {
                using var chunk = new ChunkHandle(pointer);
                var columns = new Vector[types.Length];
                for (var i = 0; i < columns.Length; i++) columns[i] = new Vector(DuckDbApi.DataChunkGetVector(chunk, (ulong)i), types[i]);
                var row = new ChunkRow(columns);
                var count = (int)DuckDbApi.DataChunkGetSize(chunk);
                for (row.Index = 0; row.Index < count; row.Index++) rows.Add(map(row));
            }
        }
        finally
        {
            foreach (var type in types) type?.Dispose();
        }
        return rows;
    }

    public void Dispose()
    {
        if (_disposed) return;
        _disposed = true;
        DuckDbApi.DestroyResult(ref _result);
    }
}

/// <summary>The current row of a chunk.</summary>
internal sealed class ChunkRow(Vector[] columns) : Engine.IRow
{
    internal int Index;

    public bool IsNull(int column) => columns[column].IsNull(Index);
    public string? Text(int column) => columns[column].IsNull(Index) ? null : columns[column].Text(Index);
    public long Long(int column) => Present(column).Long(Index);
    public double Double(int column) => Present(column).Double(Index);
    public decimal Decimal(int column) => Present(column).Decimal(Index);
    public DateOnly Date(int column) => Present(column).Date(Index);
    public object? Value(int column) => columns[column].IsNull(Index) ? null : columns[column].Value(Index);

    /// <summary>A MAP(VARCHAR, VARCHAR).</summary>
    internal Dictionary<string, string?> TextMap(int column) => columns[column].TextMap(Index);

    /// <summary>A MAP(VARCHAR, MAP(VARCHAR, VARCHAR)).</summary>
    internal Dictionary<string, Dictionary<string, string?>> NestedTextMap(int column) => columns[column].NestedTextMap(Index);

    private Vector Present(int column) => columns[column].IsNull(Index)
        ? throw new InvalidOperationException($"Column {column} is NULL in this row.")
        : columns[column];
}
