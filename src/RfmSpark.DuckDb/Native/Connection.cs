namespace RfmSpark.DuckDb.Native;

/// <summary>A database in this process, with one connection to it.</summary>
/// <remarks>Not for several threads, but for <see cref="Interrupt"/> and <see cref="Progress"/>, which another thread may call during a query.</remarks>
internal sealed class Connection : IDisposable
{
    private readonly DatabaseHandle _database;

    private Connection(DatabaseHandle database, ConnectionHandle handle)
    {
        _database = database;
        Handle = handle;
    }

    internal ConnectionHandle Handle { get; }

    /// <summary>The library's version, as <c>v1.5.6</c>.</summary>
    internal static string Version => DuckDbApi.Text(DuckDbApi.LibraryVersion());

    /// <summary>Opens a database in memory with these settings.</summary>
    /// <exception cref="EngineFault">The library is of another release, or refuses a setting.</exception>
    internal static Connection Open(IReadOnlyDictionary<string, string> settings)
    {
        if (!Version.StartsWith(DuckDbApi.SupportedVersion, StringComparison.Ordinal))
            throw new EngineFault($"libduckdb is {Version}; this program needs {DuckDbApi.SupportedVersion}.x.");
        _ = DuckDbApi.CreateConfig(out var config);
        using (config)
        {
            foreach (var (name, value) in settings)
                if (DuckDbApi.SetConfig(config, name, value) != 0)
                    throw new EngineFault($"DuckDB does not take the setting {name} = '{value}'.");
            if (DuckDbApi.OpenExt(null, out var opened, config, out var error) != 0)
            {
                var message = DuckDbApi.Text(error);
                DuckDbApi.Free(error);
                throw new EngineFault($"DuckDB does not start: {message}");
            }
            var database = new DatabaseHandle(opened);
            if (DuckDbApi.Connect(database, out var connection) == 0) return new Connection(database, connection);
            database.Dispose();
            throw new EngineFault("DuckDB takes no connection.");
        }
    }

    /// <summary>Runs a statement and returns its result; the rows are in memory then.</summary>
    /// <exception cref="QueryException">DuckDB refused it, or it was interrupted.</exception>
    internal QueryResult Query(string sql)
    {
        var state = DuckDbApi.Query(Handle, sql, out var result);
        var owned = new QueryResult(result);
        if (state == 0) return owned;
        using (owned) throw owned.Error();
    }

    /// <summary>Runs a statement for its effect.</summary>
    internal void Execute(string sql) => Query(sql).Dispose();

    /// <summary>Stops the running query, which then throws.</summary>
    internal void Interrupt() => DuckDbApi.Interrupt(Handle);

    /// <summary>How much of the running query is done, in percent; negative if DuckDB cannot tell.</summary>
    internal double Progress() => DuckDbApi.QueryProgress(Handle).Percentage;

    public void Dispose()
    {
        Handle.Dispose();
        _database.Dispose();
    }
}

/// <summary>DuckDB's own error.</summary>
internal sealed class QueryException(string message, int type) : Exception(message)
{
    // DUCKDB_ERROR_INVALID, _IO, _INTERRUPT and _INVALID_INPUT of duckdb.h.
    private const int Invalid = 0, Io = 28, Interruption = 29, InvalidInput = 32;

    /// <summary>Whether the query was interrupted.</summary>
    internal bool Interrupted => type == Interruption;

    /// <summary>Whether it is of a kind that a file which cannot be read ends in.</summary>
    internal bool MayBeOfFile => type is Invalid or Io or InvalidInput;
}
