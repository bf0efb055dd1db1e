using System.CommandLine;
using System.Globalization;
using RfmSpark.Engine;
using RfmSpark.Postgres;
using RfmSpark.Runs;
using RfmSpark.Spark;

namespace RfmSpark.Jobs.Commands;

/// <summary><c>push</c>: customers with their segments into a table of a database, for a CRM.</summary>
internal static class PushCommand
{
    /// <summary>The password's variable. There is no option for it: everybody on a machine can read its command lines.</summary>
    private const string PasswordVariable = "RFMSPARK_POSTGRES_PASSWORD";

    // A result is in memory as a whole, so that customers are read in parts of about as many as these, for each of which the table is scanned. From Spark they come as text, which is there and here.
    private const long CustomersAtOnce = 250_000, CustomersAtOnceFromSpark = 100_000;

    internal static Command Build(CancellationToken cancel)
    {
        var options = new JobOptions();
        var to = new Option<string>("--to") { Description = "postgres.", Required = true };
        to.AcceptOnlyFromAmong("postgres");
        var connection = new Option<string>("--connection")
        {
            Description = $"\"Host=…;Database=…;Username=…\", with the keys of Npgsql; the password comes from {PasswordVariable} or PGPASSWORD.",
            Required = true
        };
        var table = new Option<string>("--table") { Description = "The table, which is created if there is none.", DefaultValueFactory = _ => Tables.CustomerSegments.Name };
        var schema = new Option<string>("--schema") { Description = "The table's schema.", DefaultValueFactory = _ => "public" };
        var command = new Command("push", "Bring the customers of the last day, or of --as-of, into a table of a database: only rows that changed, in one transaction.")
        {
            to, options.Out, options.AsOf, connection, table, schema, options.Conf, options.Set
        };
        command.SetAction(line =>
        {
            var database = new PostgresConnection(line.GetValue(connection)!, Environment.GetEnvironmentVariable(PasswordVariable));
            var asOf = options.AsOfDay(line);
            return JobLog.With(log =>
            {
                var output = options.Output(line);
                var push = new SegmentPush(database, Name("--schema", line.GetValue(schema)!), Name("--table", line.GetValue(table)!), log, cancel);
                using var engine = Engines.Start(options.Config(line).Engine, output, log, cancel);
                Push(engine, output, asOf, push, log, SparkSessionBuilder.UnderSparkSubmit ? CustomersAtOnceFromSpark : CustomersAtOnce);
                return 0;
            });
        });
        return command;
    }

    /// <summary>Pushes what one day published, read by so many customers at once.</summary>
    internal static void Push(IEngine engine, string output, DateOnly? asOf, SegmentPush push, JobLog log, long customersAtOnce)
    {
        var run = FinishedRun.Find(engine, output, asOf);
        var published = run.Open(engine, Tables.CustomerSegments);
        var result = push.Push(run.Day, write => Read(engine, published, write, log, customersAtOnce));
        log.Info(string.Create(CultureInfo.InvariantCulture, $"as of {run.Day:yyyy-MM-dd}: {result.Inserted:N0} customers inserted, {result.Updated:N0} updated, {result.Unchanged:N0} unchanged"));
        if (result.Kept > 0)
            log.Info(string.Create(CultureInfo.InvariantCulture,
                $"{result.Kept:N0} customers of the table are not among those of this day, and stay as they were; their as_of tells them"));
    }

    /// <summary>Hands over every customer in the columns of the contract; one that the day was published without is NULL.</summary>
    private static void Read(IEngine engine, IReadOnlyList<Column> published, Action<IRow> write, JobLog log, long customersAtOnce)
    {
        var table = Tables.CustomerSegments.Name;
        var columns = string.Join(", ", Tables.CustomerSegments.Columns.Select(c => published.Any(p => p.Name == c.Name) ? engine.Dialect.Identifier(c.Name) : "NULL"));
        var customers = engine.Read(Sql.Inline($"SELECT CAST(COUNT(*) AS BIGINT) FROM {table}"), row => row.Long(0))[0];
        var parts = 1 + customers / customersAtOnce;
        for (var part = 0L; part < parts; part++)
        {
            log.Progress(new EngineProgress(100.0 * part / parts, table));
            engine.Read(Sql.Inline($"SELECT {columns} FROM {table} WHERE {{{{hash24(customer_id)}}}} % :parts = :part").With("parts", parts).With("part", part), row =>
            {
                write(row);
                return default(byte);
            });
        }
    }

    // PostgreSQL cuts a longer name off, and means another table then.
    private static string Name(string option, string name) => System.Text.Encoding.UTF8.GetByteCount(name) is > 0 and <= 63 && !name.Contains('\0', StringComparison.Ordinal) ? name
        : throw new ConfigFault($"{option} is '{name}'; a name of PostgreSQL has 1 to 63 bytes.");
}
