using System.Globalization;

namespace RfmSpark.EngineTests.Postgres;

/// <summary>Pushes that do not come about: each is a sentence with an exit code, and leaves the table as it was.</summary>
public sealed class RefusedPushTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>
{
    private const string Orders = "customer_id,order_date,amount\nA,2026-01-01,10\nB,2026-01-02,20.50\nC,2026-01-04,30\n";

    [SkippableFact]
    public void A_connection_lost_at_the_insert_leaves_the_old_state()
    {
        using var push = Pushed();
        var before = push.Rows();
        push.Job.Run(push.Job.Write("orders.csv", Orders + "D,2026-01-05,1\n"));
        using var holder = PostgresFixture.Hold(push.Connection, "LOCK TABLE customer_segments IN SHARE MODE");
        var started = push.Start();
        push.WaitUntilBlocked();
        push.Kill();

        var (exitCode, log) = PushJob.End(started);

        Assert.Equal(4, exitCode);
        Assert.Contains("Nothing was changed in the database.", log, StringComparison.Ordinal);
        Assert.Equal(before, push.Rows());
        holder.Close();
        Assert.Equal(0, push.Push().ExitCode);
        Assert.Equal(4, push.Rows().Count);
    }

    [SkippableFact]
    public void A_connection_lost_among_the_rows_leaves_the_old_state()
    {
        using var push = Pushed();
        var before = push.Rows();

        var fault = Assert.Throws<EngineFault>(() => push.PushHere("range(200000) t(i)", new() { ["customer_id"] = "CAST(i AS VARCHAR)" }, i =>
        {
            if (i == 100_000) push.Kill();
        }));

        Assert.Contains("Nothing was changed in the database.", fault.Message, StringComparison.Ordinal);
        Assert.Equal(before, push.Rows());
    }

    [SkippableFact]
    public void An_interrupted_push_leaves_the_old_state()
    {
        using var push = Pushed();
        var before = push.Rows();
        push.Job.Run(push.Job.Write("orders.csv", Orders + "D,2026-01-05,1\n"));
        using var holder = PostgresFixture.Hold(push.Connection, "LOCK TABLE customer_segments IN SHARE MODE");
        var started = push.Start();
        push.WaitUntilBlocked();
        System.Diagnostics.Process.Start("kill", ["-INT", started.Id.ToString(CultureInfo.InvariantCulture)]).WaitForExit();

        Assert.Equal(130, PushJob.End(started).ExitCode);
        Assert.Equal(before, push.Rows());
    }

    [SkippableFact]
    public void A_time_limit_of_the_connection_holds()
    {
        using var push = Pushed();
        using var holder = PostgresFixture.Hold(push.Connection, "LOCK TABLE customer_segments IN SHARE MODE");

        var (exitCode, log) = push.PushWith(PostgresFixture.Password, push.Connection + ";Command Timeout=2");

        Assert.Equal(4, exitCode);
        Assert.Contains("Command Timeout in --connection set how long is waited", log, StringComparison.Ordinal);
    }

    [SkippableFact]
    public void A_customer_with_a_NUL_is_named_and_nothing_is_pushed()
    {
        using var push = Pushed();
        var before = push.Rows();

        var fault = Assert.Throws<DataFault>(() => push.PushHere("range(3) t(i)", new() { ["customer_id"] = "'a' || chr(0) || i" }));

        Assert.Contains("customer_id 'a\\00' has a NUL character", fault.Message, StringComparison.Ordinal);
        Assert.Equal(before, push.Rows());
    }

    [SkippableFact]
    public void An_older_day_is_refused()
    {
        using var push = Pushed();
        push.Job.Run(Path.Combine(push.Job.Folder, "orders.csv"), "2026-01-03");
        var before = push.Rows();

        var (exitCode, log) = push.Push("--as-of", "2026-01-03");

        Assert.Equal(2, exitCode);
        Assert.Contains("holds the segments as of 2026-01-05; those as of 2026-01-03 are older", log, StringComparison.Ordinal);
        Assert.Equal(before, push.Rows());
    }

    [SkippableTheory]
    [InlineData(2, "has a column monetary of type double precision, where numeric(18,2) is pushed", "ALTER TABLE customer_segments ALTER monetary TYPE double precision")]
    [InlineData(2, "has no column customer_id", "ALTER TABLE customer_segments DROP COLUMN customer_id")]
    [InlineData(4, "customer_id must be the primary key", "ALTER TABLE customer_segments DROP CONSTRAINT customer_segments_pkey")]
    [InlineData(4, "null value in column \"ours\"", "TRUNCATE customer_segments; ALTER TABLE customer_segments ADD COLUMN ours text NOT NULL")]
    public void A_table_of_another_shape_is_refused(int expected, string message, string change)
    {
        using var push = Pushed();
        PostgresFixture.Query(push.Connection, change);
        var before = PostgresFixture.Query(push.Connection, "SELECT * FROM customer_segments");

        var (exitCode, log) = push.Push();

        Assert.Contains(message, log, StringComparison.Ordinal);
        Assert.Equal(expected, exitCode);
        Assert.Equal(before, PostgresFixture.Query(push.Connection, "SELECT * FROM customer_segments"));
    }

    [SkippableFact]
    public void A_database_that_cannot_be_reached_or_refuses_is_a_sentence()
    {
        using var push = Pushed();
        PostgresFixture.Query(push.Connection, $"CREATE ROLE reader LOGIN PASSWORD '{PostgresFixture.Password}'; GRANT SELECT ON customer_segments TO reader");

        foreach (var (message, password, connection, more) in new (string, string, string, string[])[]
        {
            ("password authentication failed for user \"crm\". Look at Username, at RFMSPARK_POSTGRES_PASSWORD", "wrong", push.Connection, []),
            ("Set RFMSPARK_POSTGRES_PASSWORD or PGPASSWORD", "", push.Connection, []),
            ("database \"nothing\" does not exist. Look at Database", PostgresFixture.Password, push.Connection + ";Database=nothing", []),
            ("Connection refused. Look at Host and Port", PostgresFixture.Password, push.Connection + ";Port=1", []),
            ("Create the schema, or name another", PostgresFixture.Password, push.Connection, ["--schema", "nothing"]),
            ("permission denied for table customer_segments. The user needs", PostgresFixture.Password, push.Connection + ";Username=reader", []),
            ("SSL", PostgresFixture.Password, push.Connection + ";SSL Mode=Require", []),
        })
        {
            var (exitCode, log) = push.PushWith(password, connection, more);
            Assert.Contains(message, log, StringComparison.Ordinal);
            Assert.Contains("Nothing was changed in the database.", log, StringComparison.Ordinal);
            Assert.Equal(4, exitCode);
        }
    }

    private PushJob Pushed()
    {
        var push = new PushJob(postgres.NewDatabase());
        push.Job.Run(push.Job.Write("orders.csv", Orders));
        Assert.Equal(0, push.Push().ExitCode);
        return push;
    }
}
