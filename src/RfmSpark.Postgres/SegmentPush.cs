using System.Globalization;
using Npgsql;
using RfmSpark.Engine;
using RfmSpark.Runs;

namespace RfmSpark.Postgres;

/// <summary>What a push did.</summary>
/// <param name="Inserted">Customers that the table did not have.</param>
/// <param name="Updated">Customers of whom something differed.</param>
/// <param name="Unchanged">Customers who were there already, equal in every column, and were not written.</param>
/// <param name="Kept">Customers of the table who are not among the pushed ones, and stay as they were.</param>
public sealed record PushResult(long Inserted, long Updated, long Unchanged, long Kept);

/// <summary>
/// Brings the segments of one day into a table: all rows by COPY into a temporary table, then one INSERT … ON CONFLICT that writes only what differs,
/// in one transaction. Whatever ends it before the commit leaves the table as it was.
/// </summary>
public sealed class SegmentPush(PostgresConnection connection, string schema, string table, IRunLog log, CancellationToken cancel)
{
    private const string Staging = "pg_temp.rfmspark_push";
    private readonly TargetTable _target = new(schema, table);

    /// <summary>Pushes the rows that <paramref name="rows"/> hands over, in the columns of <see cref="Tables.CustomerSegments"/>.</summary>
    /// <exception cref="ConfigFault">The table is of another shape, or holds a later day.</exception>
    /// <exception cref="EngineFault">The database cannot be reached, refuses, or is lost on the way.</exception>
    public PushResult Push(DateOnly asOf, Action<Action<IRow>> rows)
    {
        var committing = false;
        try
        {
            using var source = connection.Source();
            using var open = source.OpenConnection();
            using var transaction = open.BeginTransaction();
            var session = new PostgresSession(open, cancel);
            // Two pushes into one table wait for each other, and nobody else for either.
            session.Run("SELECT pg_advisory_xact_lock(hashtextextended($1, 0))", "rfmspark " + _target.Qualified);
            _target.Prepare(session);
            Refuse(asOf, _target.LastDay(session));

            long staged;
            using (log.Stage("copy")) staged = Copy(session, rows);
            PushResult result;
            using (log.Stage("merge")) result = Merge(session, staged);
            cancel.ThrowIfCancellationRequested();
            committing = true;
            transaction.Commit();
            return result;
        }
        catch (NpgsqlException stopped) when (cancel.IsCancellationRequested && !committing)
        {
            throw new OperationCanceledException("The push was interrupted.", stopped, cancel);
        }
        catch (NpgsqlException failed)
        {
            throw PostgresFailure.Of(failed, connection.Place, _target.Qualified, committing);
        }
    }

    private void Refuse(DateOnly asOf, DateOnly? last)
    {
        if (last > asOf)
            throw new ConfigFault(string.Create(CultureInfo.InvariantCulture,
                $"{_target.Qualified} holds the segments as of {last:yyyy-MM-dd}; those as of {asOf:yyyy-MM-dd} are older and are not pushed over them."));
    }

    private long Copy(PostgresSession session, Action<Action<IRow>> rows)
    {
        var columns = TargetTable.Pushed;
        session.Run($"CREATE TEMPORARY TABLE {Staging} ({string.Join(", ", columns.Select(TargetTable.Definition))}) ON COMMIT DROP");
        using var copy = session.Copy(Staging, columns);
        rows(row =>
        {
            cancel.ThrowIfCancellationRequested();
            copy.Row(row);
        });
        copy.Complete();
        return copy.Rows;
    }

    // A row that RETURNING shows without xmax is new: an updated one was locked first, by this transaction.
    private PushResult Merge(PostgresSession session, long staged)
    {
        string Columns(string prefix) => string.Join(", ", TargetTable.Pushed.Select(c => prefix + PostgresTypes.Identifier(c.Name)));
        var (inserted, updated) = session.Rows(
            $"""
            WITH written AS (
                INSERT INTO {_target.Qualified} AS held ({Columns("")})
                SELECT {Columns("")} FROM {Staging}
                ON CONFLICT ({TargetTable.Key}) DO UPDATE SET ({Columns("")}) = ROW({Columns("excluded.")})
                WHERE ROW({Columns("held.")}) IS DISTINCT FROM ROW({Columns("excluded.")})
                RETURNING held.xmax = 0 AS is_new)
            SELECT count(*) FILTER (WHERE is_new), count(*) FILTER (WHERE NOT is_new) FROM written
            """,
            row => (row.GetInt64(0), row.GetInt64(1)))[0];
        var all = session.Rows($"SELECT count(*) FROM {_target.Qualified}", row => row.GetInt64(0))[0];
        return new PushResult(inserted, updated, staged - inserted - updated, all - staged);
    }
}
