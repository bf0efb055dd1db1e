using RfmSpark.DuckDb.Native;
using RfmSpark.Engine;

namespace RfmSpark.DuckDb;

/// <summary>
/// The one place where SQL runs: reports how far a query is, stops it when the run is cancelled, and turns DuckDB's errors into
/// faults that name the table, the SQL file and the full statement.
/// </summary>
internal sealed class QueryRunner : IDisposable
{
    private static readonly TimeSpan WatchEvery = TimeSpan.FromMilliseconds(200);
    private readonly Connection _connection;
    private readonly CancellationToken _cancel;
    private readonly CancellationTokenRegistration _interrupt;
    private readonly Timer? _watch;
    private volatile string? _running;

    internal QueryRunner(Connection connection, Action<EngineProgress>? progress, CancellationToken cancel)
    {
        _connection = connection;
        _cancel = cancel;
        _interrupt = cancel.Register(connection.Interrupt);
        if (progress is not null)
        {
            connection.Execute("SET enable_progress_bar = true");
            connection.Execute("SET enable_progress_bar_print = false");
            connection.Execute("SET progress_bar_time = 0");
        }
        if (progress is not null || cancel.CanBeCanceled) _watch = new Timer(_ => Watch(progress), null, WatchEvery, WatchEvery);
    }

    /// <summary>The client's files that statements read in place; a statement that fails for one of them is that file's fault.</summary>
    internal FilesInPlace? InPlace { get; init; }

    /// <summary>Runs a statement for its effect.</summary>
    internal void Run(string table, string file, string sql) => Query(table, file, sql).Dispose();

    /// <summary>Runs a statement for its effect, if DuckDB does not refuse it with an error that holds <paramref name="refusal"/>.</summary>
    /// <returns>Whether it ran.</returns>
    internal bool TryRun(string table, string file, string sql, string refusal)
    {
        try
        {
            Watched(table, sql).Dispose();
            return true;
        }
        catch (QueryException refused) when (refused.Message.Contains(refusal, StringComparison.Ordinal))
        {
            return false;
        }
        catch (QueryException failed)
        {
            throw Fault(table, file, sql, failed);
        }
    }

    /// <summary>Runs a statement and returns its rows.</summary>
    internal QueryResult Query(string table, string file, string sql)
    {
        try
        {
            return Watched(table, sql);
        }
        catch (QueryException failed)
        {
            throw Fault(table, file, sql, failed);
        }
    }

    private Fault Fault(string table, string file, string sql, QueryException failed) =>
        InPlace?.DamageBehind(failed, scan => Watched(table, scan).Dispose()) ?? (Fault)new EngineFault(Message(table, file, sql, failed.Message), failed);

    private QueryResult Watched(string table, string sql)
    {
        _cancel.ThrowIfCancellationRequested();
        try
        {
            _running = table;
            return _connection.Query(sql);
        }
        catch (QueryException failed) when (failed.Interrupted)
        {
            throw new OperationCanceledException("The query was interrupted.", failed, _cancel);
        }
        finally
        {
            _running = null;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _interrupt.Dispose();
        if (_watch is null) return;
        // A look under way reads the connection: it must end before the connection does.
        using var ended = new ManualResetEvent(false);
        if (_watch.Dispose(ended)) ended.WaitOne();
    }

    private void Watch(Action<EngineProgress>? progress)
    {
        // An interrupt that came just before the query had begun is lost on DuckDB.
        if (_cancel.IsCancellationRequested && _running is not null) _connection.Interrupt();
        if (progress is not null && _running is { } table && _connection.Progress() is >= 0 and var percent) progress(new EngineProgress(percent, table));
    }

    private static string Message(string table, string file, string sql, string error)
    {
        var first = error.Split('\n', 2)[0].Trim();
        var advice = error switch
        {
            _ when error.Contains("No space left", StringComparison.OrdinalIgnoreCase) || error.Contains("max_temp_directory_size", StringComparison.Ordinal)
                => " The disk is full: free some space, or set engine.tempDirectory to another disk. Nothing was published.",
            _ when error.Contains("Out of Memory", StringComparison.OrdinalIgnoreCase)
                => " Raise engine.memoryLimit.",
            _ when error.Contains("Permission denied", StringComparison.OrdinalIgnoreCase)
                => " The user that runs this job may not write there.",
            _ => "",
        };
        return $"{table} ({file}): {first.TrimEnd('.')}.{advice} {FailedStatement.Keep(table, sql)}";
    }
}
