using System.Globalization;
using System.Text.Json.Nodes;
using RfmSpark.Clv;
using RfmSpark.Experiments;
using RfmSpark.Forgetting;
using RfmSpark.Runs;

namespace RfmSpark.EngineTests.Experiments;

/// <summary>Experiments as a user runs them: a published one out of its file, and one that is assigned and measured here.</summary>
public sealed class ExperimentCommandTests : IDisposable
{
    private readonly TestJob _job = new();

    public void Dispose() => _job.Dispose();

    [SkippableFact]
    public void A_published_experiment_comes_out_as_it_was_published()
    {
        var measure = JobProcess.Run(
            "experiment", "measure", "--file", Requires.Data("hillstrom.csv.gz"), "--arm", "segment", "--outcome", "visit,conversion,spend",
            "--control", "No E-Mail", "--before", "history", "--format", "json");
        Assert.Equal(0, measure.ExitCode);
        var rows = measure.Output.Trim().Split('\n').Select(l => JsonNode.Parse(l)!).ToDictionary(r => (r["arm"]!.GetValue<string>(), r["outcome"]!.GetValue<string>()));

        Check("Mens E-Mail", "visit", 0.076590, 22.486, 3);
        Check("Mens E-Mail", "conversion", 0.006805, 7.3851, 4);
        Check("Mens E-Mail", "spend", 0.769827, 5.3001, 4);
        Check("Womens E-Mail", "visit", 0.045233, 13.9492, 4);
        Check("Womens E-Mail", "conversion", 0.003111, 3.7796, 4);
        Check("Womens E-Mail", "spend", 0.424412, 3.2564, 4);
        Assert.Equal((0.069954, 0.083226), (Math.Round(Of("Mens E-Mail", "visit", "uplift_low"), 6), Math.Round(Of("Mens E-Mail", "visit", "uplift_high"), 6)));
        Assert.Equal(1631.89, Of("Mens E-Mail", "visit", "total_uplift"), 0.005);
        Assert.Equal("1.16E-07", Of("Mens E-Mail", "spend", "p").ToString("G3", CultureInfo.InvariantCulture));
        Assert.Equal("0.000157", Of("Womens E-Mail", "conversion", "p").ToString("G3", CultureInfo.InvariantCulture));
        Assert.Equal("0.00113", Of("Womens E-Mail", "spend", "p").ToString("G3", CultureInfo.InvariantCulture));
        // By numpy and scipy: theta within the two groups, then ttest_ind(y - theta * x, equal_var=False).
        Assert.Equal(0.7674496193131067, Of("Mens E-Mail", "spend", "cuped_uplift"), 1e-12);
        Assert.Equal(1.2647855446743823e-07, Of("Mens E-Mail", "spend", "cuped_p"), 1e-16);
        Assert.Equal(0.42270540278438773, Of("Womens E-Mail", "spend", "cuped_uplift"), 1e-12);
        Assert.Equal(2 * Of("Mens E-Mail", "spend", "p"), Of("Mens E-Mail", "spend", "p_holm"), 1e-18);
        Assert.Equal(0.9036929575604196, Of("Mens E-Mail", "spend", "ratio_p"), 1e-12);
        Assert.DoesNotContain("WARN", measure.Log, StringComparison.Ordinal);

        double Of(string arm, string outcome, string column) => rows[(arm, outcome)][column]!.GetValue<double>();
        void Check(string arm, string outcome, double uplift, double statistic, int digits) =>
            Assert.Equal((uplift, statistic), (Math.Round(Of(arm, outcome, "uplift"), 6), Math.Round(Of(arm, outcome, "statistic"), digits)));
    }

    [Fact]
    public void An_experiment_is_assigned_once_balanced_in_every_segment_and_measured()
    {
        var orders = Path.Combine(_job.Folder, "orders.parquet");
        Assert.Equal(0, JobProcess.Run("generate", "--customers", "2000", "--out", orders).ExitCode);
        _job.Run([orders], "2025-09-01", TestJob.Config(["clusters.replicates=1", "clusters.restarts=1", "clusters.k=2"]));
        string[] assign = ["experiment", "assign", "--name", "autumn", "--segment", "all", "--holdout", "0.2", "--arms", "mail,call", "--out", _job.Output];

        var assigned = JobProcess.Run(assign);

        Assert.Equal(0, assigned.ExitCode);
        Assert.Contains("conversion_uplift", assigned.Output, StringComparison.Ordinal);
        Assert.Equal(_job.Rows("customer_segments", "customer_id, segment", "ORDER BY customer_id"), _job.Rows("experiments", "customer_id, segment", "ORDER BY customer_id"));
        var sizes = _job.Rows("experiments", "segment, arm, share, COUNT(*)", "GROUP BY segment, arm, share").ConvertAll(r => r.Split('|'));
        foreach (var segment in sizes.GroupBy(s => s[0], s => (Share: double.Parse(s[2], CultureInfo.InvariantCulture), Size: int.Parse(s[3], CultureInfo.InvariantCulture))))
            Assert.All(segment, arm => Assert.True(Math.Abs(arm.Size - (arm.Share * segment.Sum(s => s.Size))) < 1, segment.Key));
        var before = _job.Rows("experiments", "customer_id, arm", "ORDER BY customer_id");
        var again = JobProcess.Run(assign);
        Assert.Equal(2, again.ExitCode);
        Assert.Contains("'autumn' was assigned as of 2025-09-01", again.Log, StringComparison.Ordinal);
        Assert.Equal(before, _job.Rows("experiments", "customer_id, arm", "ORDER BY customer_id"));

        // Another experiment of the same day lies beside it, and deals anew.
        Assert.Equal(0, JobProcess.Run("experiment", "assign", "--name", "winter", "--segment", "all", "--holdout", "0.2", "--arms", "mail,call", "--out", _job.Output).ExitCode);
        Assert.Equal(before, _job.Rows("experiments", "customer_id, arm", "WHERE experiment = 'autumn' ORDER BY customer_id"));
        Assert.NotEqual(before, _job.Rows("experiments", "customer_id, arm", "WHERE experiment = 'winter' ORDER BY customer_id"));
        Assert.StartsWith(
            "as_of,experiment,customer_id,segment,arm,share\n2025-09-01,winter,",
            JobProcess.Run("show", "experiments", "--out", _job.Output, "--where", "experiment=winter", "--format", "csv").Output,
            StringComparison.Ordinal);

        var measure = JobProcess.Run("experiment", "measure", "--name", "autumn", "--from", "2025-09-01", "--to", "2025-10-31", "--orders", orders, "--out", _job.Output, "--format", "json");
        Assert.Equal(0, measure.ExitCode);
        var mail = measure.Output.Trim().Split('\n').Select(l => JsonNode.Parse(l)!)
            .Single(r => r["segment"] is null && r["arm"]!.GetValue<string>() == "mail" && r["outcome"]!.GetValue<string>() == "revenue");
        // Counted by another query over the same orders.
        var counted = Counted(orders);
        Assert.Equal(counted, (mail["customers"]!.GetValue<long>(), Math.Round(mail["mean"]!.GetValue<double>(), 6), Math.Round(mail["control_mean"]!.GetValue<double>(), 6)));
        Assert.InRange(mail["variance_reduction"]!.GetValue<double>(), 0.01, 0.9);
        Assert.True(mail["p"]!.GetValue<double>() > 0.001, "nothing was done to anybody");
    }

    // Fader, Hardie and Lee 2005, eq. 8, gives the chance of no purchase of each customer; what is published of customers tells it within 5 %.
    [Theory]
    [InlineData(30)]
    [InlineData(90)]
    [InlineData(180)]
    public void The_share_of_buyers_that_a_plan_reckons_with_is_that_of_the_model(int days)
    {
        var orders = Path.Combine(_job.Folder, "orders.parquet");
        Assert.Equal(0, JobProcess.Run("generate", "--customers", "2000", "--out", orders).ExitCode);
        _job.Run([orders], "2025-09-01", TestJob.Config(["clusters.replicates=1", "clusters.restarts=1", "clusters.k=2", "clv.model=bgNbd", "clv.calibration=1"]));

        Assert.Equal(
            0,
            JobProcess.Run(
                "experiment", "assign", "--name", "x", "--segment", "all", "--holdout", "0.5", "--days", days.ToString(CultureInfo.InvariantCulture),
                "--out", _job.Output).ExitCode);

        var parameters = JsonNode.Parse(_job.Rows("clv_model", "parameters", "WHERE is_chosen = 1 AND model = 'BG/NBD'")[0])!;
        double Of(string name) => parameters[name]!.GetValue<double>();
        var model = new BgNbd(Of("r"), Of("alpha"), Of("a"), Of("b"));
        var expected = _job.Rows("customer_segments", "purchase_days - 1, last_order - first_order, as_of - first_order")
            .ConvertAll(row => row.Split('|').Select(cell => int.Parse(cell, CultureInfo.InvariantCulture)).ToList())
            .Average(c => 1 - model.Probability(new PurchaseHistory(c[0], c[1] / 7.0, c[2] / 7.0), 0, days / 7.0));
        Assert.Equal(1, double.Parse(_job.Rows("experiment_power", "baseline", "WHERE segment IS NULL")[0], CultureInfo.InvariantCulture) / expected, 0.05);
    }

    [Fact]
    public void What_was_bought_after_customers_were_assigned_is_not_known_from_before()
    {
        // All buy 10 in January; in February and March what is 10 more in the arm that is treated.
        string[] customers = [.. Enumerable.Range(1, 60).Select(i => FormattableString.Invariant($"C{i}"))];
        var january = "customer_id,order_date,amount\n" + string.Concat(customers.Select((c, i) => FormattableString.Invariant($"{c},2026-01-10,{10 + (i % 7)}\n")));
        _job.Run([_job.Write("january.csv", january)], "2026-01-31", TestJob.Config(["clusters.k=1"]));
        Assert.Equal(0, JobProcess.Run("experiment", "assign", "--name", "x", "--segment", "all", "--holdout", "0.5", "--arms", "mail", "--out", _job.Output).ExitCode);
        var arms = _job.Rows("experiments", "customer_id, arm").ToDictionary(r => r.Split('|')[0], r => r.Split('|')[1]);
        var later = string.Concat(
            customers.SelectMany((c, i) => new[] { "02", "03" }
                .Select(month => FormattableString.Invariant($"{c},2026-{month}-10,{10 + (i % 7) + (i % 3) + (arms[c] == "mail" ? 10 : 0)}\n"))));

        var measured = JobProcess.Run(
            "experiment", "measure", "--name", "x", "--from", "2026-03-01", "--to", "2026-03-31", "--orders",
            _job.Write("orders.csv", january + later), "--out", _job.Output, "--format", "json");

        var revenue = measured.Output.Trim().Split('\n').Select(l => JsonNode.Parse(l)!).Single(r => r["segment"] is null && r["outcome"]!.GetValue<string>() == "revenue");
        Assert.Equal(10, revenue["cuped_uplift"]!.GetValue<double>(), 0.7);
    }

    [Fact]
    public void The_arms_do_not_depend_on_the_order_of_the_rows()
    {
        string[] lines = [.. Enumerable.Range(1, 60).Select(i => FormattableString.Invariant($"C{i},2026-01-{1 + (i % 28):00},{i}"))];
        using var other = new TestJob();
        foreach (var (job, ordered) in new[] { (_job, lines), (other, lines.Reverse().ToArray()) })
        {
            job.Run(
                [job.Write("orders.csv", "customer_id,order_date,amount\n" + string.Join('\n', ordered) + "\n")],
                "2026-01-31",
                TestJob.Config(["clusters.replicates=1", "clusters.restarts=1", "clusters.k=2"]));
            Assert.Equal(0, JobProcess.Run("experiment", "assign", "--name", "x", "--segment", "all", "--holdout", "0.3", "--out", job.Output).ExitCode);
        }

        Assert.Equal(_job.Rows("experiments", "customer_id, segment, arm", "ORDER BY customer_id"), other.Rows("experiments", "customer_id, segment, arm", "ORDER BY customer_id"));
    }

    [Fact]
    public void What_is_wrong_is_a_sentence_and_an_exit_code()
    {
        var orders = _job.Write("orders.csv", "customer_id,order_date,amount\nA,2026-01-01,10\nB,2026-01-02,20\nC,2026-01-03,5\nA,2026-02-01,5\n");
        _job.Run([orders], "2026-01-31", TestJob.Config(["clusters.k=1"]));
        var strangers = _job.Write("strangers.csv", "customer_id,order_date,amount\nX,2026-02-01,10\n");
        var outcomes = _job.Write("outcomes.csv", "arm,bought\nA,1\nA,x\nB,0\n");
        var one = _job.Write("one.csv", "arm,bought\nA,1\nA,0\n");
        string[] file = ["experiment", "measure", "--arm", "arm", "--outcome", "bought", "--control", "A", "--file"];
        string[] assign = ["experiment", "assign", "--out", _job.Output, "--name", "x", "--holdout"];
        string[] measure = ["experiment", "measure", "--out", _job.Output, "--from", "2026-02-01", "--to", "2026-02-28"];
        foreach (var (exitCode, message, arguments) in new (int, string, string[])[]
        {
            (2, "nobody is in 'Nobody' as of 2026-01-31. There are customers in", [.. assign, "0.4", "--segment", "Nobody"]),
            (2, "--holdout is 1; it must lie between 0 and 1", [.. assign, "1", "--segment", "all"]),
            (2, "'A' twice", [.. assign, "0.4", "--segment", "all", "--arms", "A,A"]),
            (2, "leaves nobody in", [.. assign, "0.4", "--segment", "all", "--arms", "A,B,C,D"]),
            (2, "No run as of 2026-03-01 has finished", [.. assign, "0.4", "--segment", "all", "--as-of", "2026-03-01"]),
            (2, "holds no finished run yet", ["experiment", "assign", "--out", _job.Folder, "--name", "x", "--holdout", "0.4", "--segment", "all"]),
            (2, "holds no experiment yet", [.. measure, "--orders", orders, "--name", "x"]),
            (2, "holds no experiment yet", ["show", "experiments", "--out", _job.Output]),
            (0, "assigned", [.. assign, "0.4", "--segment", "all"]),
            (2, "There is no experiment 'y'; there are x.", [.. measure, "--orders", orders, "--name", "y"]),
            (2, "lies before --from", ["experiment", "measure", "--out", _job.Output, "--orders", orders, "--name", "x", "--from", "2026-02-02", "--to", "2026-02-01"]),
            (3, "none of the 3 customers", [.. measure, "--orders", strangers, "--name", "x"]),
            (3, "so there is nothing to measure", ["experiment", "measure", "--out", _job.Output, "--orders", orders, "--name", "x", "--from", "2026-03-02", "--to", "2026-03-03"]),
            (0, "the orders end on 2026-02-01, before --to 2026-02-28", [.. measure, "--orders", orders, "--name", "x"]),
            (2, "needs --orders", [.. measure, "--name", "x"]),
            (2, "does not go with --file", [.. file, outcomes, "--name", "x"]),
            (3, "1 of 3 records are without a number in 'bought'", [.. file, outcomes]),
            (3, "so there is no arm to compare with it", [.. file, one]),
            (3, "has no column 'sold' (--outcome)", ["experiment", "measure", "--arm", "arm", "--outcome", "sold", "--control", "A", "--file", one]),
            (2, "--outcome is bought,bought; name each column once", ["experiment", "measure", "--arm", "arm", "--outcome", "bought,bought", "--control", "A", "--file", one]),
            (2, "no record has 'Z' in 'arm'; there are A", ["experiment", "measure", "--arm", "arm", "--outcome", "bought", "--control", "Z", "--file", one]),
            (3, "file: there is no file", [.. file, "nowhere.csv"]),
        })
        {
            var run = JobProcess.Run(arguments);
            Assert.True(exitCode == run.ExitCode && run.Log.Contains(message, StringComparison.Ordinal), $"{exitCode} {message}: {run.ExitCode} {run.Log}");
            Assert.DoesNotContain("   at ", run.Log, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("control", "'x' has nobody left in the arm 'control'")]
    [InlineData("mail", "'x' has nobody left in any arm but 'control'")]
    [InlineData("control' OR arm = 'mail", "all who were in one have been forgotten")]
    public void An_arm_of_whom_everybody_was_forgotten_is_named(string forgotten, string message)
    {
        _job.Run([_job.Write("orders.csv", "customer_id,order_date,amount\nA,2026-01-01,10\nB,2026-01-01,10\n")], "2026-01-31", TestJob.Config(["clusters.k=1"]));
        using var engine = new DuckDbEngine();
        var clock = new RunClock(TimeProvider.System);
        ExperimentAssignment.Publish(engine, new ExperimentPlan("x", [], 0.5m, ["mail"], 30, null), _job.Output, null, clock);
        CustomerRemoval.Forget(engine, _job.Output, _job.Rows("experiments", "customer_id", $"WHERE arm = '{forgotten}'"), vacuum: false, clock, _job.Log);

        Assert.Contains(message, Assert.ThrowsAny<Fault>(() => AssignedExperiment.Open(engine, "x", _job.Output)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Arms_of_the_wrong_size_are_warned_of()
    {
        var file = _job.Write("outcomes.csv", "arm,bought\n" + string.Concat(Enumerable.Range(0, 1000).Select(i => $"{(i % 10 < 4 ? "A" : "B")},{i % 2}\n")));
        string[] measure = ["experiment", "measure", "--file", file, "--arm", "arm", "--outcome", "bought", "--control", "A"];

        Assert.Contains("WARN the arms' sizes are not those of their shares", JobProcess.Run(measure).Log, StringComparison.Ordinal);
        Assert.DoesNotContain("WARN", JobProcess.Run([.. measure, "--share", "A=0.4", "--share", "B=0.6"]).Log, StringComparison.Ordinal);
    }

    private (long Customers, double Mean, double ControlMean) Counted(string orders)
    {
        using var engine = new DuckDbEngine();
        engine.Open("experiments", Path.Combine(_job.Output, "experiments"));
        return engine.Read(Sql.Inline($"""
            SELECT CAST(count(*) FILTER (arm = 'mail') AS BIGINT), round(avg(spent) FILTER (arm = 'mail'), 6), round(avg(spent) FILTER (arm = 'control'), 6)
            FROM (SELECT arm, coalesce((SELECT CAST(sum(amount) AS DOUBLE) FROM '{orders}' o
                WHERE o.customer_id = e.customer_id AND order_date BETWEEN DATE '2025-09-01' AND DATE '2025-10-31'), 0) AS spent
                FROM experiments e WHERE experiment = 'autumn')
            """), row => (row.Long(0), row.Double(1), row.Double(2)))[0];
    }
}
