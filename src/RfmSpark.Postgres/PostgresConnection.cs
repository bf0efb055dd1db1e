using System.Globalization;
using System.Net;
using Npgsql;

namespace RfmSpark.Postgres;

/// <summary>How to reach a database: Npgsql's connection string, with its own keys for TLS and time limits, and a password that is never part of it.</summary>
public sealed class PostgresConnection
{
    private readonly NpgsqlConnectionStringBuilder _builder;

    /// <summary>
    /// The connection that <paramref name="text"/> describes. Without <paramref name="password"/> Npgsql looks for one itself: in PGPASSWORD,
    /// and in the file that PGPASSFILE names.
    /// </summary>
    /// <exception cref="ConfigFault">The text is no connection string, names no host or a port that there cannot be, or holds a password.</exception>
    public PostgresConnection(string text, string? password)
    {
        _builder = Accepted(() => new NpgsqlConnectionStringBuilder(text));
        if (_builder.Password is not null || _builder.SslPassword is not null)
            throw new ConfigFault("--connection holds a password, which everybody on this machine can read in its list of processes. Take it out, and set RFMSPARK_POSTGRES_PASSWORD or PGPASSWORD.");
        if (string.IsNullOrEmpty(_builder.Host)) throw new ConfigFault("--connection names no Host; write \"Host=…;Database=…;Username=…\".");
        if (_builder.Port > IPEndPoint.MaxPort) throw new ConfigFault(string.Create(CultureInfo.InvariantCulture, $"--connection names port {_builder.Port}; ports go up to {IPEndPoint.MaxPort}."));
        if (password is { Length: > 0 }) _builder.Password = password;
        _builder.ApplicationName ??= "RfmSpark";
        // A statement over all customers takes as long as it takes; a server that is gone is noticed by the system's keep-alive.
        if (!_builder.ShouldSerialize("Command Timeout")) _builder.CommandTimeout = 0;
        _builder.TcpKeepAlive = true;
        Accepted(Source).Dispose();
    }

    /// <summary>Where it leads, for messages.</summary>
    public string Place => string.Create(CultureInfo.InvariantCulture, $"PostgreSQL at {_builder.Host}:{_builder.Port}, database {_builder.Database ?? "of the user"}");

    internal NpgsqlDataSource Source() => NpgsqlDataSource.Create(_builder);

    // Single keys are checked as they are read, and those that contradict each other when all of them are used. The message names keys, never their values.
    private static T Accepted<T>(Func<T> npgsql)
    {
        try
        {
            return npgsql();
        }
        catch (Exception wrong) when (wrong is ArgumentException or FormatException or InvalidOperationException or NotSupportedException)
        {
            throw new ConfigFault($"--connection is no connection string of Npgsql: {wrong.Message.TrimEnd('.')}. Write \"Host=…;Database=…;Username=…\"; npgsql.org lists the keys.", wrong);
        }
    }
}
