using RfmSpark.Runs;
using RfmSpark.Verification;

namespace RfmSpark.EngineTests.Jobs;

/// <summary>Tables that are whole are said to be, and each thing that was broken is found.</summary>
public sealed class VerifyTests : IDisposable
{
    // C came in February, so that the first cohort has a period that is over.
    private const string Orders = "customer_id,order_date,amount\nA,2026-01-05,10\nB,2026-01-06,20\nA,2026-01-16,20\nC,2026-02-07,10\nC,x,1\n";
    private readonly TestJob _job = new();

    public void Dispose() => _job.Dispose();

    [SkippableFact]
    public void Whole_tables_hold()
    {
        var orders = Requires.Data("completejourney_transactions_sample.csv.gz");
        foreach (var day in new[] { "2017-11-01", "2017-12-01" }) _job.Run(orders, day, "completejourney", "clusters.replicates=1", "clusters.restarts=1");

        var verified = JobProcess.Run("verify", "--out", _job.Output);

        Assert.Equal(0, verified.ExitCode);
        Assert.Contains($"2 runs of {Tables.Published.Count} tables read back; all {TableVerification.Statements} statements hold of each", verified.Log, StringComparison.Ordinal);
    }

    [Fact]
    public void Tables_hold_when_values_become_known_that_were_not_on_the_day_compared_with()
    {
        var orders = _job.Write("orders.csv", "customer_id,order_date,amount\nA,2026-01-05,10\nB,2026-01-06,20\nC,2026-01-07,30\nA,2026-02-16,20\n");
        _job.Run(orders, "2026-02-01");
        _job.Run(orders, "2026-03-01");

        Assert.Equal(["0", "3"], _job.Rows("customer_segments", "CAST(COUNT(clv_tier) AS VARCHAR)", "GROUP BY as_of ORDER BY as_of"));
        Assert.Equal(["(unknown)|3"], _job.Rows("segment_migration", "from_segment, CAST(SUM(customers) AS VARCHAR)", "WHERE scheme = 'clv_tier' AND as_of = DATE '2026-03-01' GROUP BY from_segment"));
        using var engine = new DuckDbEngine();
        var all = FinishedRun.All(engine, _job.Output);
        Assert.Equal(2, all.Count);
        Assert.Empty(all.SelectMany(run => TableVerification.Faults(engine, run, all)));
    }

    [Fact]
    public void A_day_holds_when_the_log_of_its_version_is_gone()
    {
        var orders = _job.Write("orders.csv", "customer_id,order_date,amount\nA,2026-01-05,10\nB,2026-01-06,20\nC,2026-01-07,30\nA,2026-02-16,20\n");
        Assert.Equal(0, JobProcess.Run("backfill", "--orders", orders, "--out", _job.Output, "--from", "2026-01-10", "--to", "2026-01-21", "--every", "1d").ExitCode);
        // As other writers clean up behind a checkpoint.
        foreach (var version in Enumerable.Range(0, 10))
            foreach (var file in Directory.EnumerateFiles(_job.Output, $"{version:D20}.json", SearchOption.AllDirectories).ToList()) File.Delete(file);

        var verified = JobProcess.Run("verify", "--out", _job.Output);

        Assert.Equal((0, ""), (verified.ExitCode, string.Join('\n', verified.Log.Split('\n').Where(line => line.Contains("cannot be read", StringComparison.Ordinal)))));
        Assert.Contains("2026-01-10", JobProcess.Run("show", "segment_summary", "--out", _job.Output, "--as-of", "2026-01-10").Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("customer_segments", "* REPLACE (monetary + 1 AS monetary)", "customer_segments has the customers and the revenue that runs counted: there are 3 of 3, with 63.00 of 60.00")]
    [InlineData("customer_segments", "* REPLACE ('A' AS customer_id)", "customer_segments has one row per customer: A has 3")]
    [InlineData(
        "customer_segments",
        "* REPLACE (DATE '2027-01-01' AS last_order)",
        "nobody's last order lies before the first one, or after as_of: A: 2026-01-05 to 2027-01-01; "
        + "B: 2026-01-06 to 2027-01-01; C: 2026-02-07 to 2027-01-01")]
    [InlineData("customer_segments", "* REPLACE ('Elsewhere' AS segment)", "segment_summary's segments are those of the customers: ")]
    [InlineData("customer_segments", "* REPLACE (as_of - 1 AS segment_since)", "segment_changes are the customers who came into their segment on as_of: ")]
    [InlineData("customer_segments", "* REPLACE (NOT is_contacted AS is_contacted)", "is_contacted is true of as many customers as campaign_plan pays for: it is of ")]
    [InlineData(
        "segment_summary",
        "* REPLACE (share / 2 AS share)",
        "segment_summary's shares of a scheme come to 1: clv_tier comes to 0.5; persona comes to 0.5; persona_clv_tier comes to 0.5 and more")]
    [InlineData("segment_summary", "* REPLACE (customers + 1 AS customers)", "segment_summary's schemes have every customer and all revenue: ")]
    [InlineData("segment_migration", "* REPLACE (customers * 2 AS customers)", "segment_migration comes to the customers of as_of: ")]
    [InlineData("segment_migration", "* REPLACE (rate / 2 AS rate)", "segment_migration's rates of where one came from come to 1: ")]
    [InlineData("segment_migration", "* REPLACE (concat(from_segment, '!') AS from_segment)", "segment_migration and segment_metrics have the same customers of from_as_of: ")]
    [InlineData("cluster_profile", "* REPLACE (customers + 1 AS customers)", "cluster_profile has every customer: it has ")]
    [InlineData("score_bands", "* REPLACE (customers + 1 AS customers)", "each measure's bands have every customer: ")]
    [InlineData("cohort_retention", "* REPLACE (active + 1 AS active)", "a cohort's first period has all of it, and no period more: ")]
    [InlineData("orders_rejected", "* REPLACE (lines + 1 AS lines)", "the lines of orders_rejected are those that runs counted: they are 2 of 1")]
    [InlineData("runs", "* REPLACE (rows_in + 1 AS rows_in)", "rows are kept or rejected: 4 + 1 of 6")]
    [InlineData("campaign_plan", "* REPLACE (contacts - 1 AS contacts, contacts AS budgeted_contacts)", "campaign_plan sends to no more than can be contacted, and says so: ")]
    public void What_was_broken_is_found(string table, string change, string fault)
    {
        Publish();
        Break(Tables.Published.Single(t => t.Name == table), change);

        Assert.Contains(Faults(), f => f.StartsWith("as of 2026-03-01: " + fault, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("rfm")]
    [InlineData("persona")]
    [InlineData("value_segment")]
    public void Customers_who_left_another_segment_than_was_published_are_found(string scheme)
    {
        var orders = _job.Write("orders.csv", Orders);
        foreach (var day in new[] { "2026-02-01", "2026-03-01" }) _job.Run(orders, day, null, "orders.maxBadRows=2");
        Assert.Empty(Faults());
        Break(Tables.SegmentMigration, $"* REPLACE (CASE WHEN scheme = '{scheme}' AND from_segment <> '(new)' THEN 'Elsewhere' ELSE from_segment END AS from_segment)");

        Assert.Contains(Faults(), f => f.StartsWith("as of 2026-03-01: segment_migration comes to the customers of from_as_of, as they were published: " + scheme, StringComparison.Ordinal));
    }

    [Fact]
    public void A_day_that_was_published_again_is_not_the_one_that_was_compared_with()
    {
        var orders = _job.Write("orders.csv", Orders);
        foreach (var day in new[] { "2026-02-01", "2026-03-01" }) _job.Run(orders, day, null, "orders.maxBadRows=2");
        _job.Run(_job.Write("fewer.csv", "customer_id,order_date,amount\nB,2026-01-06,20\n"), "2026-02-01");

        Assert.Empty(Faults());
    }

    [Theory]
    [InlineData("segment_summary", "scheme <> 'persona'", "segment_summary's schemes have every customer and all revenue: persona has 0 with 0")]
    [InlineData("cluster_profile", "FALSE", "cluster_profile has every customer: it has 0")]
    [InlineData("score_bands", "measure <> 'frequency'", "each measure's bands have every customer: class of frequency have 0; quartile of frequency have 0; score of frequency have 0")]
    [InlineData("segment_migration", "FALSE", "segment_migration comes to the customers of as_of: ")]
    [InlineData("customer_segments", "FALSE", "customer_segments has the customers and the revenue that runs counted: ")]
    public void What_is_missing_is_found(string table, string kept, string fault)
    {
        Publish();
        Break(Tables.Published.Single(t => t.Name == table), "*", kept);

        Assert.Contains(Faults(), f => f.StartsWith("as of 2026-03-01: " + fault, StringComparison.Ordinal));
    }

    [Fact]
    public void A_table_that_is_gone_is_found()
    {
        _job.Run(_job.Write("orders.csv", "customer_id,order_date,amount\nA,2026-01-05,10\n"));
        Directory.Delete(Path.Combine(_job.Output, "score_bands"), recursive: true);

        var verified = JobProcess.Run("verify", "--out", _job.Output);

        Assert.Equal(3, verified.ExitCode);
        Assert.Contains("as of 2026-01-06: score_bands cannot be read: ", verified.Log, StringComparison.Ordinal);
    }

    private void Publish() => _job.Run(_job.Write("orders.csv", Orders), "2026-03-01", null, "orders.maxBadRows=1");

    private IReadOnlyList<string> Faults()
    {
        using var engine = new DuckDbEngine();
        return TableVerification.Faults(engine, FinishedRun.Find(engine, _job.Output, null), FinishedRun.All(engine, _job.Output));
    }

    // A later commit of changed rows, which the run then names.
    private void Break(Table table, string change, string kept = "TRUE")
    {
        using var engine = new DuckDbEngine();
        engine.Open("whole", Path.Combine(_job.Output, table.Name));
        engine.Create(table, Sql.Inline($"SELECT {change} FROM whole WHERE as_of = DATE '2026-03-01' AND {kept}"));
        var day = new DateOnly(2026, 3, 1);
        var version = engine.Save(table, new Publication(Path.Combine(_job.Output, table.Name), day, 9_000_000_000_000));
        if (table == Tables.Runs) return;
        engine.Open("whole_runs", Path.Combine(_job.Output, "runs"));
        engine.Create(
            Tables.Runs,
            Sql.Inline(
                $"SELECT * REPLACE (regexp_replace(table_versions, '\"{table.Name}\":[0-9]+', '\"{table.Name}\":{version}') AS table_versions) "
                + $"FROM whole_runs WHERE as_of = DATE '2026-03-01'"));
        engine.Save(Tables.Runs, new Publication(Path.Combine(_job.Output, "runs"), day, 9_000_000_000_000));
    }
}
