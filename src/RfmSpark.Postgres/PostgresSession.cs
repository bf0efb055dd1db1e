using Npgsql;
using RfmSpark.Engine;

namespace RfmSpark.Postgres;

/// <summary>One open connection, and the statements of one push on it.</summary>
internal sealed class PostgresSession(NpgsqlConnection connection, CancellationToken cancel)
{
    /// <summary>Runs a statement for its effect.</summary>
    internal void Run(string sql, params IReadOnlyList<object> values) => Rows(sql, _ => 0, values);

    /// <summary>Runs a statement and returns its rows.</summary>
    internal List<T> Rows<T>(string sql, Func<NpgsqlDataReader, T> map, params IReadOnlyList<object> values)
    {
        cancel.ThrowIfCancellationRequested();
        using var command = new NpgsqlCommand(sql, connection);
        foreach (var value in values) command.Parameters.Add(new NpgsqlParameter { Value = value });
        using var stop = cancel.Register(command.Cancel);
        using var reader = command.ExecuteReader();
        List<T> rows = [];
        while (reader.Read()) rows.Add(map(reader));
        return rows;
    }

    /// <summary>Starts a binary COPY into a table.</summary>
    internal BinaryCopy Copy(string table, IReadOnlyList<Column> columns) => new(connection.BeginRawBinaryCopy($"COPY {table} FROM STDIN (FORMAT BINARY)"), columns);
}
