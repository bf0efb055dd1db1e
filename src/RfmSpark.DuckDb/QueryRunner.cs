using RfmSpark.DuckDb.Native;
using RfmSpark.Engine;

namespace RfmSpark.DuckDb;

/// <summary>
/// The one place where SQL runs: reports how far a query is, stops it when the run is cancelled, and turns DuckDB's errors into
/// faults that name the table, the SQL file and the full statement.
/// </summary>
internal sealed class QueryRunner : IDisposable
{
    private static readonly TimeSpan ProgressEvery = TimeSpan.FromMilliseconds(200);
    private readonly Connection _connection;
    private readonly CancellationToken _cancel;
    private readonly CancellationTokenRegistration _interrupt;
    private readonly Timer? _progress;
    private volatile string? _running;

    internal QueryRunner(Connection connection, Action<EngineProgress>? progress, CancellationToken cancel)
    {
        _connection = connection;
        _cancel = cancel;
        _interrupt = cancel.Register(connection.Interrupt);
        if (progress is null) return;
        connection.Execute("SET enable_progress_bar = true");
        connection.Execute("SET enable_progress_bar_print = false");
        connection.Execute("SET progress_bar_time = 0");
        _progress = new Timer(_ => Report(progress), null, ProgressEvery, ProgressEvery);
    }

    /// <summary>Runs a statement for its effect.</summary>
    internal void Run(string table, string file, string sql) => Query(table, file, sql).Dispose();

    /// <summary>Runs a statement and returns its rows.</summary>
    internal QueryResult Query(string table, string file, string sql)
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
        catch (QueryException failed)
        {
            throw new EngineFault(Message(table, file, sql, failed.Message), failed);
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
        if (_progress is null) return;
        // A report under way reads the connection: it must end before the connection does.
        using var ended = new ManualResetEvent(false);
        if (_progress.Dispose(ended)) ended.WaitOne();
    }

    private void Report(Action<EngineProgress> progress)
    {
        // One that came just before the query had begun is lost on DuckDB.
        if (_cancel.IsCancellationRequested && _running is not null) _connection.Interrupt();
        if (_running is { } table && _connection.Progress() is >= 0 and var percent) progress(new EngineProgress(percent, table));
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
