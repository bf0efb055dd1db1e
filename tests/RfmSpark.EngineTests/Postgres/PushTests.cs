using System.Globalization;

namespace RfmSpark.EngineTests.Postgres;

/// <summary>What a push leaves in the table.</summary>
public sealed class PushTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>
{
    private const string Orders = "customer_id,order_date,amount\nA,2026-01-01,10\nB,2026-01-02,20.50\nB,2026-01-03,20.50\nC,2026-01-04,30\nA,2026-03-01,500\nA,2026-03-02,500\nD,2026-03-03,1\n";

    [SkippableFact]
    public void The_first_push_creates_the_table_with_every_value_as_published()
    {
        using var push = Job();
        var orders = Path.Combine(push.Job.Folder, "orders.parquet");
        JobProcess.Run("generate", "--customers", "700", "--seed", "5", "--days", "300", "--out", orders);
        push.Job.Run(orders);

        var (exitCode, log) = push.Push();

        Assert.Equal(0, exitCode);
        Assert.Matches("INFO as of \\d{4}-\\d\\d-\\d\\d: 700 customers inserted, 0 updated, 0 unchanged", log);
        var columns = Tables.CustomerSegments.Columns;
        var types = PostgresFixture.Query(
            push.Connection,
            "SELECT attname::text, format_type(atttypid, atttypmod) FROM pg_attribute "
            + "WHERE attrelid = 'customer_segments'::regclass AND attnum > 0 ORDER BY attnum")
            .Select(c => $"{c[0]} {c[1]}").ToList();
        Assert.Equal([.. columns.Select(c => $"{c.Name} {Type(c.Type)}")], types);
        push.AssertAsPublished(700);
    }

    [SkippableFact]
    public void What_is_not_known_is_NULL()
    {
        using var push = Job();
        push.Job.Run(push.Job.Write("orders.csv", "customer_id,order_date,amount\nA,2026-01-01,10\nB,2026-01-02,20.50\n"));

        push.Push();

        push.AssertAsPublished(2);
        Assert.Equal(["A|t|t|t", "B|t|t|t"], push.Rows("customer_id, p_alive IS NULL, clv_12m IS NULL, previous_segment IS NULL"));
    }

    [SkippableFact]
    public void Numbers_and_days_are_exact_at_the_ends_of_their_ranges()
    {
        using var push = Job();
        string[] money = ["0.00", "0.01", "-0.01", "0.10", "1.00", "-99.99", "9999.99", "10000.00", "10000.01", "-100000000.00", "9999999999999999.99", "-9999999999999999.99"];
        string[] days = ["1000-01-01", "1999-12-31", "2000-01-01", "2000-02-29", "8999-12-31"];
        string[] doubles = ["0", "-1.5", "0.1", "1e-300", "1.7976931348623157e+308", "NaN"];
        string List(IReadOnlyList<string> values, string type) => $"CAST([{string.Join(", ", values.Select(v => $"'{v}'"))}][1 + i % {values.Count}] AS {type})";

        push.PushHere("range(60) t(i)", new()
        {
            ["customer_id"] = "lpad(CAST(i AS VARCHAR), 2, '0')",
            ["monetary"] = List(money, "DECIMAL(18,2)"),
            ["rfm_score"] = List(["5.00", "0.05", "-1234567.89"], "DECIMAL(9,2)"),
            ["first_order"] = List(days, "DATE"),
            ["silhouette"] = List(doubles, "DOUBLE"),
            ["is_outlier"] = "i % 2 = 0",
            ["frequency"] = "CAST(i - 30 AS INTEGER)",
            ["segment"] = "repeat('é', CAST(i * 10000 AS INTEGER))",
        });

        Assert.Equal(
            Enumerable.Range(0, 60)
                .Select(i => string.Create(
                    CultureInfo.InvariantCulture,
                    $"{i:00}|{money[i % 12]}|{new[] { "5.00", "0.05", "-1234567.89" }[i % 3]}|"
                    + $"{days[i % 5]}|{doubles[i % 6]}|{(i % 2 == 0 ? "t" : "f")}|{i - 30}|{i * 10000}")),
            push.Rows("customer_id, monetary, rfm_score, first_order, silhouette, is_outlier, frequency, length(segment)"));
    }

    [SkippableFact]
    public void Customers_who_are_read_in_parts_are_all_pushed()
    {
        using var push = Job();
        push.Job.Run(push.Job.Write("orders.csv", Orders + "E,2026-03-03,7\n"));
        // Five by two at once are three parts.
        using var engine = new DuckDbEngine();
        push.PushInParts(engine, customersAtOnce: 2);

        push.AssertAsPublished(5);
    }

    [SkippableFact]
    public void A_second_push_changes_nothing()
    {
        using var push = Job();
        push.Job.Run(push.Job.Write("orders.csv", Orders));
        push.Push();
        var before = push.Rows("xmin, ctid, t");

        var (exitCode, log) = push.Push();

        Assert.Equal(0, exitCode);
        Assert.Contains("0 customers inserted, 0 updated, 4 unchanged", log, StringComparison.Ordinal);
        Assert.Equal(before, push.Rows("xmin, ctid, t"));
    }

    [SkippableFact]
    public void A_changed_segment_comes_with_the_one_before_and_the_day()
    {
        using var push = Job();
        JobProcess.Run(
            "backfill", "--orders", push.Job.Write("orders.csv", Orders + "F,2026-01-30,5000\nF,2026-01-31,5000\nF,2026-03-03,5000\n"), "--out",
            push.Job.Output, "--from", "2026-02-01", "--to", "2026-03-04", "--every", "31d");
        Assert.Contains("as of 2026-02-01: 4 customers inserted", push.Push("--as-of", "2026-02-01").Log, StringComparison.Ordinal);
        var first = push.Rows("customer_id, segment").ToDictionary(r => r.Split('|')[0], r => r.Split('|')[1]);

        Assert.Contains("as of 2026-03-04: 1 customers inserted, 4 updated, 0 unchanged", push.Push().Log, StringComparison.Ordinal);
        var second = push.Rows("customer_id, segment, coalesce(previous_segment, ''), segment_since").ConvertAll(r => r.Split('|'));

        var moved = second.Where(c => first.TryGetValue(c[0], out var before) && before != c[1]).ToList();
        Assert.NotEmpty(moved);
        Assert.All(moved, c => Assert.Equal((first[c[0]], "2026-03-04"), (c[2], c[3])));
        Assert.Equal(("", "2026-03-04"), second.Where(c => c[0] == "D").Select(c => (c[2], c[3])).Single());
    }

    [SkippableFact]
    public void Customers_and_columns_that_are_not_pushed_stay()
    {
        using var push = Job();
        push.Job.Run(push.Job.Write("orders.csv", Orders));
        push.Push();
        PostgresFixture.Query(
            push.Connection,
            "ALTER TABLE customer_segments ADD COLUMN note text; UPDATE customer_segments SET note = 'call', monetary = 0 "
            + "WHERE customer_id = 'A'; INSERT INTO customer_segments (customer_id, segment) VALUES ('Z', 'Ours')");

        var (_, log) = push.Push();

        Assert.Contains("0 customers inserted, 1 updated, 3 unchanged", log, StringComparison.Ordinal);
        Assert.Contains("1 customers of the table are not among those of this day, and stay as they were", log, StringComparison.Ordinal);
        Assert.Equal(["A|1010.00|call", "B|41.00", "C|30.00", "D|1.00", "Z"], push.Rows("customer_id, monetary, note"));
    }

    [SkippableFact]
    public void Columns_of_a_later_version_are_added()
    {
        using var push = Job();
        push.Job.Run(push.Job.Write("orders.csv", Orders));
        push.Push();
        var whole = push.Rows("customer_id, monetary, clv_tier, segment_since");
        PostgresFixture.Query(push.Connection, "ALTER TABLE customer_segments DROP COLUMN clv_tier, DROP COLUMN monetary");

        Assert.Contains("0 customers inserted, 4 updated", push.Push().Log, StringComparison.Ordinal);

        Assert.Equal(whole, push.Rows("customer_id, monetary, clv_tier, segment_since"));
    }

    [SkippableFact]
    public void Names_and_customers_may_have_any_characters()
    {
        using var push = Job();
        string[] customers = ["o'Neil; DROP TABLE x; --", "\"quoted\"", "two\nlines", "back\\slash\\N", "=1+1", "ünïcode 🛒", "$1"];
        push.Job.Run(push.Job.Write(
            "orders.csv",
            "customer_id,order_date,amount\n"
            + string.Concat(customers.Select(c => $"\"{c.Replace("\"", "\"\"", StringComparison.Ordinal)}\",2026-01-01,10\n"))));
        const string schema = "sche\"ma; --", table = "ta'ble \"x\" $1 {0}";
        PostgresFixture.Query(push.Connection, "CREATE SCHEMA \"sche\"\"ma; --\"");

        for (var time = 0; time < 2; time++) Assert.Equal(0, push.Push("--schema", schema, "--table", table).ExitCode);

        Assert.Equal(customers.Order(StringComparer.Ordinal), push.Rows("customer_id", "\"sche\"\"ma; --\".\"ta'ble \"\"x\"\" $1 {0}\"").Order(StringComparer.Ordinal));
    }

    [SkippableFact]
    public void Two_pushes_at_once_follow_each_other()
    {
        using var push = Job();
        push.Job.Run(push.Job.Write("orders.csv", Orders));

        var logs = new[] { push.Start(), push.Start() }.Select(PushJob.End).Select(end => end.Log[end.Log.IndexOf("as of", StringComparison.Ordinal)..].Trim()).Order(StringComparer.Ordinal);

        Assert.Equal(["as of 2026-03-04: 0 customers inserted, 0 updated, 4 unchanged", "as of 2026-03-04: 4 customers inserted, 0 updated, 0 unchanged"], logs);
    }

    private PushJob Job() => new(postgres.NewDatabase());

    private static string Type(ColumnType type) => type.Kind switch
    {
        ColumnKind.Int => "integer",
        ColumnKind.Double => "double precision",
        ColumnKind.Decimal => string.Create(CultureInfo.InvariantCulture, $"numeric({type.Precision},{type.Scale})"),
        _ => type.ToString(),
    };
}
