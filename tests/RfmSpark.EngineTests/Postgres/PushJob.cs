using System.Diagnostics;
using RfmSpark.Jobs;
using RfmSpark.Jobs.Commands;
using RfmSpark.Postgres;

namespace RfmSpark.EngineTests.Postgres;

/// <summary>Published tables, and the command push over them into a database of the test's own.</summary>
internal sealed class PushJob(string connection) : IDisposable
{
    internal TestJob Job { get; } = new();

    internal string Connection { get; } = connection;

    public void Dispose() => Job.Dispose();

    /// <summary>Runs the command to its end, and sees to it that the password is nowhere in what it says.</summary>
    internal (int ExitCode, string Log) Push(params IReadOnlyList<string> more) => End(Start(more));

    internal Process Start(params IReadOnlyList<string> more) => StartWith(PostgresFixture.Password, Connection, more);

    internal (int ExitCode, string Log) PushWith(string password, string connection, params IReadOnlyList<string> more) => End(StartWith(password, connection, more));

    internal static (int ExitCode, string Log) End(Process started)
    {
        var (exitCode, output, log) = JobProcess.End(started);
        Assert.Equal("", output);
        Assert.DoesNotContain(PostgresFixture.Password, log, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", log, StringComparison.Ordinal);
        return (exitCode, log);
    }

    /// <summary>Rows of the pushed table, one a customer in order of their ids, values as PostgreSQL prints them.</summary>
    internal List<string> Rows(string select = "t", string table = "customer_segments") =>
        [.. PostgresFixture.Query(Connection, $"SELECT concat_ws('|', {select}) FROM {table} t ORDER BY customer_id").Select(row => (string)row[0])];

    /// <summary>Waits until the push waits for a lock.</summary>
    internal void WaitUntilBlocked()
    {
        while ((long)PostgresFixture.Query(
            Connection,
            "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'RfmSpark' AND wait_event_type = 'Lock' "
            + "AND datname = current_database()")[0][0] == 0)
            Thread.Sleep(50);
    }

    /// <summary>Ends the server's side of the push.</summary>
    internal void Kill() =>
        PostgresFixture.Query(Connection, "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'RfmSpark' AND datname = current_database()");

    /// <summary>A push in this process of made-up customers, of whom little more than the id is known; <paramref name="atRow"/> comes before each row.</summary>
    internal void PushHere(string from, Dictionary<string, string> columns, Action<int>? atRow = null)
    {
        using var engine = new DuckDbEngine();
        var select = string.Join(", ", Tables.CustomerSegments.Columns.Select(c => c.Name == "as_of" ? "DATE '2026-02-01'" : columns.GetValueOrDefault(c.Name, "NULL")));
        new SegmentPush(new PostgresConnection(Connection, PostgresFixture.Password), "public", "customer_segments", Job.Log, default).Push(new DateOnly(2026, 2, 1), write =>
        {
            var rows = 0;
            engine.Read(Sql.Inline($"SELECT {select} FROM {from}"), row =>
            {
                atRow?.Invoke(rows++);
                write(row);
                return default(byte);
            });
        });
    }

    /// <summary>A push of the last day in this process, of so many customers at once.</summary>
    internal void PushInParts(IEngine engine, long customersAtOnce)
    {
        var push = new SegmentPush(new PostgresConnection(Connection, PostgresFixture.Password), "public", "customer_segments", Job.Log, default);
        JobLog.With(log =>
        {
            PushCommand.Push(engine, Job.Output, null, push, log, customersAtOnce);
            return 0;
        });
    }

    /// <summary>The pushed table has every value of so many customers as it was published.</summary>
    internal void AssertAsPublished(int customers)
    {
        var columns = Tables.CustomerSegments.Columns;
        using var engine = new DuckDbEngine();
        engine.Open("customer_segments", Path.Combine(Job.Output, "customer_segments"));
        var names = string.Join(", ", columns.Select(c => c.Name));
        var published = engine.Read(Sql.Inline($"SELECT {names} FROM customer_segments ORDER BY customer_id"), row => columns.Select((_, i) => row.Value(i)).ToList());
        var pushed = PostgresFixture.Query(Connection, $"SELECT {names} FROM customer_segments ORDER BY customer_id").Select(row => row.Select(Value).ToList()).ToList();
        Assert.Equal(customers, pushed.Count);
        Assert.Equal(published, pushed);
    }

    private static object? Value(object value) => value switch
    {
        DBNull => null,
        DateTime day => DateOnly.FromDateTime(day),
        _ => value,
    };

    private Process StartWith(string password, string connection, IReadOnlyList<string> more) =>
        JobProcess.StartIn(
            Environment.CurrentDirectory,
            ["push", "--to", "postgres", "--out", Job.Output, "--connection", connection, .. more],
            new Dictionary<string, string> { ["RFMSPARK_POSTGRES_PASSWORD"] = password });
}
