using System.Diagnostics;
using System.Globalization;
using Npgsql;

namespace RfmSpark.EngineTests.Postgres;

/// <summary>A PostgreSQL of its own on a free port, that asks for passwords; started when the first test asks for it.</summary>
public sealed class PostgresFixture : IDisposable
{
    internal const string Password = "Geheim-7f3a";
    private readonly string _folder = Directory.CreateTempSubdirectory("rfmspark-postgres-").FullName;
    private int _port;
    private int _databases;

    private string Data => Path.Combine(_folder, "data");

    /// <summary>A connection to a new, empty database, as the owner of it.</summary>
    internal string NewDatabase()
    {
        if (_port == 0) Start();
        var name = string.Create(CultureInfo.InvariantCulture, $"crm{++_databases}");
        Query(To("postgres"), $"CREATE DATABASE {name}");
        return To(name);
    }

    /// <summary>Rows of a query, values as they come, by another connection than that of the push.</summary>
    internal static List<object[]> Query(string connection, string sql)
    {
        using var source = NpgsqlDataSource.Create(connection + ";Password=" + Password);
        using var command = source.CreateCommand(sql);
        using var reader = command.ExecuteReader();
        List<object[]> rows = [];
        while (reader.Read())
        {
            var row = new object[reader.FieldCount];
            reader.GetValues(row);
            rows.Add(row);
        }
        return rows;
    }

    /// <summary>A transaction that stays open, after a statement in it.</summary>
    internal static NpgsqlConnection Hold(string connection, string sql)
    {
        var open = new NpgsqlConnection(connection + ";Pooling=false;Password=" + Password);
        open.Open();
        using var command = new NpgsqlCommand("BEGIN; " + sql, open);
        command.ExecuteNonQuery();
        return open;
    }

    public void Dispose()
    {
        if (_port != 0) Run("pg_ctl", "-D", Data, "-m", "immediate", "stop");
        Directory.Delete(_folder, recursive: true);
    }

    private string To(string database) => string.Create(CultureInfo.InvariantCulture, $"Host=127.0.0.1;Port={_port};Database={database};Username=crm");

    private void Start()
    {
        Requires.Postgres();
        var password = Path.Combine(_folder, "password");
        File.WriteAllText(password, Password);
        // PostgreSQL refuses to run as root.
        if (Environment.IsPrivilegedProcess) Wait(Process.Start("chown", ["-R", "postgres", _folder]));
        Run("initdb", "-D", Data, "-U", "crm", "-A", "scram-sha-256", "--pwfile", password, "-E", "UTF8", "--locale=C");
        var port = FreePort.Find();
        Run(
            "pg_ctl", "-D", Data, "-l", Path.Combine(_folder, "log"), "-w", "-o",
            string.Create(CultureInfo.InvariantCulture, $"-p {port} -k {_folder} -c listen_addresses=127.0.0.1 -c fsync=off"), "start");
        _port = port;
    }

    private static void Run(string program, params IReadOnlyList<string> arguments)
    {
        var command = Path.Combine(Requires.Postgres(), program);
        Wait(Environment.IsPrivilegedProcess ? Process.Start("runuser", ["-u", "postgres", "--", command, .. arguments]) : Process.Start(command, arguments));
    }

    private static void Wait(Process started)
    {
        using var process = started;
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
    }
}
