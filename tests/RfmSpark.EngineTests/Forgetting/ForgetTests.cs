using RfmSpark.Forgetting;
using RfmSpark.Runs;
using RfmSpark.Verification;

namespace RfmSpark.EngineTests.Forgetting;

/// <summary>Who is forgotten is gone from every table and day, and nobody else is.</summary>
public sealed class ForgetTests : IDisposable
{
    private readonly TestJob _job = new();

    public ForgetTests() => PublishedCustomers.CopyTo(_job.Output);

    public void Dispose() => _job.Dispose();

    [Fact]
    public void Customers_are_gone_from_every_table_and_day_and_all_else_is_as_it_was()
    {
        var before = Tables.All.ToDictionary(t => t, t => PublishedCustomers.Rows(_job.Output, t));
        Assert.Equal(["customer_horizons", "customer_segments", "experiments", "orders_rejected", "segment_changes"], Tables.OfCustomers.Select(t => t.Name).Order(StringComparer.Ordinal));
        Assert.All(Tables.OfCustomers.Where(t => t != Tables.OrdersRejected), t => Assert.Contains(before[t], r => r.Customer == PublishedCustomers.Plain));

        var forget = JobProcess.Run(["forget", "--out", _job.Output, .. PublishedCustomers.Forgotten.SelectMany(c => new[] { "--customer", c })]);

        Assert.Equal((0, ""), (forget.ExitCode, forget.Output + (forget.ExitCode == 0 ? "" : forget.Log)));
        foreach (var table in Tables.All.Except([Tables.OrdersRejected, Tables.Runs]))
            Assert.Equal(before[table].Where(r => !PublishedCustomers.Forgotten.Contains(r.Customer!)).Select(r => r.Row), PublishedCustomers.Rows(_job.Output, table).Select(r => r.Row));
        var records = PublishedCustomers.Rows(_job.Output, Tables.OrdersRejected).ConvertAll(r => r.Row);
        Assert.Equal(before[Tables.OrdersRejected].Count - PublishedCustomers.RejectedRecords, records.Count);
        Assert.Subset(before[Tables.OrdersRejected].Select(r => r.Row).ToHashSet(), records.ToHashSet());
        Assert.Equal(2 * 2 * PublishedCustomers.Others.Count, records.Count(r => !r.Contains("after_as_of", StringComparison.Ordinal)));
        Assert.Equal(["13|25", "13|25"], _job.Rows("runs", "forgotten, customers"));
        Assert.Contains("INFO customer_segments: 26 rows of 13 customers", forget.Log, StringComparison.Ordinal);
        Assert.Contains($"INFO orders_rejected: {PublishedCustomers.RejectedRecords} records that name them", forget.Log, StringComparison.Ordinal);
        Assert.Contains("14 of 14 customers forgotten. Older versions of the tables still hold them", forget.Log, StringComparison.Ordinal);
        Assert.Contains("WARN the orders are not touched", forget.Log, StringComparison.Ordinal);

        var verified = JobProcess.Run("verify", "--out", _job.Output);
        Assert.Equal((0, ""), (verified.ExitCode, verified.ExitCode == 0 ? "" : verified.Log));
        Assert.Contains("as of 2026-02-01: 13 customers were forgotten since", verified.Log, StringComparison.Ordinal);
    }

    [Fact]
    public void With_vacuum_no_file_holds_them_and_the_tables_go_on()
    {
        foreach (var customer in PublishedCustomers.Forgotten.Where(PublishedCustomers.IsOwnText)) Assert.NotEmpty(PublishedCustomers.FilesWith(_job.Output, customer));
        Assert.Contains("customer_segments/_delta_log/00000000000000000000.json", PublishedCustomers.FilesWith(_job.Output, "-7"));
        // What a killed writer, and another engine, have left.
        var log = Path.Combine(_job.Output, "customer_segments", "_delta_log");
        foreach (var file in new[]
        {
            ".00000000000000000009.json.abc.tmp", ".abc.actions", ".00000000000000000001.json.crc", "00000000000000000001.crc",
            "00000000000000000000.00000000000000000001.compacted.json",
        })
            File.WriteAllText(Path.Combine(log, file), PublishedCustomers.Plain);
        File.WriteAllText(Path.Combine(_job.Output, "customer_segments", "as_of=2026-02-01", "part-of-a-killed-run.parquet"), PublishedCustomers.Plain);

        Forget(vacuum: true, [.. PublishedCustomers.Forgotten]);

        foreach (var customer in PublishedCustomers.Forgotten.Where(PublishedCustomers.IsOwnText)) Assert.Empty(PublishedCustomers.FilesWith(_job.Output, customer));
        Assert.Empty(Faults());
        Assert.Equal(["13|25", "13|25"], _job.Rows("runs", "forgotten, customers"));
        Assert.Equal(24, PublishedCustomers.Rows(_job.Output, Tables.CustomerSegments).Count);
        Assert.All(Tables.OfCustomers, table => Assert.Single(Directory.GetFiles(Path.Combine(_job.Output, table.Name, "_delta_log"), "*.json")));

        _job.Run(_job.Write("orders.csv", "customer_id,order_date,amount\nc1,2026-01-05,10\nnew,2026-02-06,20\n"), "2026-03-08", null, "clusters.k=1");
        Assert.Equal(["2026-02-01|13", "2026-03-01|13", "2026-03-08|NULL"], _job.Rows("runs", "as_of, forgotten", "ORDER BY as_of"));
        Assert.Empty(Faults());
    }

    [Fact]
    public void A_forget_that_was_interrupted_is_repeated_and_one_that_was_not_finds_nobody()
    {
        var table = Path.Combine(_job.Output, "customer_segments");
        using (var engine = new DuckDbEngine())
        {
            var keys = new Table("keys", "", [], [Tables.CustomerSegments["customer_id"]]);
            engine.Put(keys, ["it's"], (id, row) => row.Text(id));
            engine.Remove(keys, table);
        }
        Assert.Empty(Faults());   // runs still names the versions with them

        Forget(vacuum: false, "it's", "it");
        Assert.Equal(["2|25", "2|25"], _job.Rows("runs", "forgotten, customers"));
        Assert.Empty(Faults());
        var versions = Directory.GetFiles(_job.Output, "*.json", SearchOption.AllDirectories).Length;

        Assert.Equal("Nobody in any table is called 'Nobody', 'it's'; ids are compared letter by letter.", Forget(vacuum: false, "it's", "Nobody"));
        Assert.Equal(versions, Directory.GetFiles(_job.Output, "*.json", SearchOption.AllDirectories).Length);
        Assert.Contains("their files are deleted", Forget(vacuum: true, "it's"), StringComparison.Ordinal);
        Assert.Empty(Faults());

        Forget(vacuum: false, "it's", "c1");
        Assert.Contains("WARN nobody in any table is called 'it's'", _job.Log.Lines);
        Assert.Equal(["3|25", "3|25"], _job.Rows("runs", "forgotten, customers"));
    }

    [Fact]
    public void A_day_that_a_run_has_published_in_part_is_refused_and_nothing_is_removed()
    {
        var before = PublishedCustomers.Rows(_job.Output, Tables.CustomerSegments);
        using (var engine = new DuckDbEngine())
        {
            engine.Open("before", Path.Combine(_job.Output, "customer_horizons"));
            engine.Create(Tables.CustomerHorizons, Sql.Inline("SELECT * FROM before WHERE as_of = DATE '2026-03-01' AND customer_id <> 'c1'"));
            engine.Save(Tables.CustomerHorizons, new Publication(Path.Combine(_job.Output, "customer_horizons"), new DateOnly(2026, 3, 1), 9_000_000_000_000));
        }

        var fault = Assert.Throws<EngineFault>(() => Forget(vacuum: true, "it"));

        Assert.StartsWith("customer_horizons has rows of a run that did not finish, as of 2026-03-01.", fault.Message, StringComparison.Ordinal);
        Assert.Equal(before, PublishedCustomers.Rows(_job.Output, Tables.CustomerSegments));
    }

    [Fact]
    public void Runs_of_a_version_that_could_not_forget_get_the_note_and_what_is_lost_besides_is_found()
    {
        var runs = Path.Combine(_job.Output, "runs");
        using (var engine = new DuckDbEngine())
        {
            var older = Tables.Runs with { Columns = [.. Tables.Runs.Columns.Where(c => c.Name != "forgotten")] };
            engine.Open("before", runs);
            engine.Create(new Table("kept", "", [], Tables.Runs.Columns), Sql.Inline("SELECT * FROM before"));
            Directory.Delete(runs, recursive: true);
            foreach (var day in new[] { new DateOnly(2026, 2, 1), new DateOnly(2026, 3, 1) })
            {
                engine.Create(older, Sql.Inline("SELECT * EXCLUDE (forgotten) FROM kept WHERE as_of = :day").With("day", day));
                engine.Save(older, new Publication(runs, day, 1));
            }
        }

        Forget(vacuum: false, "it");

        Assert.Equal(["1|25", "1|25"], _job.Rows("runs", "forgotten, customers"));
        Assert.Empty(Faults());
        using (var engine = new DuckDbEngine())
            foreach (var run in FinishedRun.All(engine, _job.Output)) run.Amend(engine, new Dictionary<Table, long>(), run.Day.Month == 2 ? 2 : 0, 9_000_000_000_000);
        Assert.Contains(
            Faults(),
            f => f.StartsWith(
                "as of 2026-02-01: customer_segments has the customers and the revenue that runs counted: there are 24 and 2 forgotten of 25",
                StringComparison.Ordinal));
        Assert.Contains(Faults(), f => f.StartsWith("as of 2026-03-01: segment_summary's segments are those of the customers: ", StringComparison.Ordinal));
    }

    private string? Forget(bool vacuum, params string[] customers)
    {
        using var engine = new DuckDbEngine();
        return CustomerRemoval.Forget(engine, _job.Output, customers, vacuum, new RunClock(TimeProvider.System), _job.Log);
    }

    private List<string> Faults()
    {
        using var engine = new DuckDbEngine();
        var all = FinishedRun.All(engine, _job.Output);
        return [.. all.SelectMany(run => TableVerification.Faults(engine, run, all))];
    }
}
