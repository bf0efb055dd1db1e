using System.Globalization;
using System.Text;
using RfmSpark.Numerics;

namespace RfmSpark.EngineTests.Report;

/// <summary>What the page advises to spend money on, campaigns and channels, agrees with the plan.</summary>
public sealed class SpendingTests : IDisposable
{
    private static readonly string[] Quick = ["clusters.replicates=1", "clusters.restarts=1", "clusters.mostClusters=4"];
    private readonly TestJob _job = new();

    public void Dispose() => _job.Dispose();

    [Fact]
    public void A_plan_for_few_tells_parts_of_orders_and_leaves_some_out_to_measure()
    {
        _job.Run(RandomOrders.Write(_job, 20, i => new DateOnly(2025, 1, 1).AddDays(9 * i)), "2026-01-01", null, [.. Quick, "campaigns.minRoi=-1"]);
        var page = new PageText(_job);

        Assert.Contains("(experiment assign --holdout 0.1)", page.Lead("campaigns"), StringComparison.Ordinal);
        Assert.All(_job.Rows("campaign_plan", "segment, expected_conversions, contacts").Select(r => r.Split('|')).Where(c => c[2] != "0"), campaign =>
            Assert.Contains(page.Rows(campaign[0]), row => row.Count == 11 && row[4] == double.Parse(campaign[1], CultureInfo.InvariantCulture).ToString("0.0", CultureInfo.InvariantCulture)));
    }

    [Fact]
    public void Of_budget_that_is_moved_all_is_said_where_it_goes()
    {
        // Revenue of a month goes with the root of what was spent: social brings little, search and mail much, and mail can take no more than a fifth of what it has.
        var (orders, spend) = (new StringBuilder("customer_id,order_date,amount,channel\n"), new StringBuilder("channel,month,spend\n"));
        foreach (var (channel, share, slope) in new[] { ("social", 1.0, 120), ("search", 1.0, 900), ("mail", 0.4, 1500) })
        {
            for (var month = 1; month <= 12; month++)
            {
                var spent = share * (10000 + (1000 * (month * 5 % 12)));
                spend.Append(CultureInfo.InvariantCulture, $"{channel},2025-{month:00},{spent:0}\n");
                for (var i = 0; i < 10; i++)
                    orders.Append(
                        CultureInfo.InvariantCulture,
                        $"{channel}{month % 4}-{i},2025-{month:00}-{1 + (2 * i):00},{(20 + (slope * Math.Sqrt(spent))) / 10:0.00},{channel}\n");
            }
        }
        _job.Run(
            _job.Write("orders.csv", orders.ToString()), "2026-01-01", null,
            [.. Quick, "orders.columns.channel=channel", "channels.spendFile=" + _job.Write("spend.csv", spend.ToString()), "clv.margin=0.4"]);
        var shifts = _job.Rows(
            "channel_performance",
            "channel, ROUND(ABS(suggested_spend - monthly_spend))",
            "WHERE segment IS NULL ORDER BY suggested_spend - monthly_spend")
            .Select(r => r.Split('|')).ToList();

        Assert.Equal("social", shifts[0][0]);
        Assert.Contains(new PageText(_job).Findings, f => f.Contains(
            $"Each month take {Money(shifts[0])} from social, and give {shifts[2][0]} {Money(shifts[2])} and {shifts[1][0]} {Money(shifts[1])} more.", StringComparison.Ordinal));
        Assert.EndsWith("At a margin of 40.0 % a channel pays for itself from 2.50 on, which social does not reach.", new PageText(_job).Lead("channels"), StringComparison.Ordinal);

        static string Money(string[] shift) => double.Parse(shift[1], CultureInfo.InvariantCulture).ToString("#,##0", CultureInfo.InvariantCulture);
    }

    [SkippableFact]
    public void A_persona_of_which_some_are_contacted_says_how_many_and_one_customer_is_one()
    {
        // Of Lost only the tiers Top and Big are anybody's to contact.
        _job.Run(Requires.Data("rfm_orders.csv"), "2006-12-31", null, "orders.columns.amount=revenue");
        var page = new PageText(_job);
        var lost = Assert.Single(_job.Rows("campaign_plan", "budgeted_contacts, ROUND(roi * 100)", "WHERE segment = 'Lost' AND decision = 'send'")).Split('|');
        var customers = Assert.Single(_job.Rows("cluster_profile", "customers", "WHERE persona = 'Lost'"));

        Assert.NotEqual(customers, lost[0]);
        Assert.Contains($"send to {lost[0]} of {customers}, ROI {lost[1]} %", page.Section("personas"), StringComparison.Ordinal);
        Assert.Contains("\"VIP tier\" is for 1 customer.", page.Lead("priorities"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("campaigns.minRoi=1000", false)]
    [InlineData("campaigns.minRoi=-1", true)]
    public void Segments_are_advised_a_campaign_only_if_the_plan_sends_one(string minRoi, bool isSent)
    {
        _job.Run(OrdersOfAYear(), "2026-01-01", null, [.. Quick, minRoi]);
        var advised = new PageText(_job).Findings.Where(f => f.Contains("See segments", StringComparison.Ordinal)).ToList();

        Assert.NotEmpty(advised);
        Assert.Equal(isSent ? ["send"] : ["suppress"], _job.Rows("campaign_plan", "DISTINCT decision", "WHERE contacts > 0"));
        Assert.Contains(isSent ? $"By the campaign plan {_job.Rows("customer_segments", "COUNT(*)", "WHERE is_contacted")[0]} customers of " : "By the campaign plan nobody is to be contacted.",
            new PageText(_job).Lead("priorities"), StringComparison.Ordinal);
        Assert.All(advised, finding => Assert.Equal(!isSent, finding.Contains("no campaign to them is to be sent", StringComparison.Ordinal)));
    }

    [Fact]
    public void Segments_are_not_advised_a_campaign_that_the_budget_does_not_pay_for()
    {
        _job.Run(OrdersOfAYear(), "2026-01-01", null, [.. Quick, "campaigns.minRoi=-1", "campaigns.budget=4"]);
        var page = new PageText(_job);
        var advised = page.Findings.Where(f => f.Contains("See segments", StringComparison.Ordinal)).ToList();

        // A contact costs 4.50.
        Assert.Equal(["send|0"], _job.Rows("campaign_plan", "DISTINCT decision, budgeted_contacts", "WHERE contacts > 0"));
        Assert.NotEmpty(advised);
        Assert.All(advised, finding => Assert.Contains("the budget pays for no campaign to them", finding, StringComparison.Ordinal));
        Assert.Contains("The budget pays for no contact of the campaigns that are worth their cost. Raise campaigns.budget, or send none. See campaign plan", page.Findings);
        Assert.NotEmpty(page.Cards);
        Assert.All(page.Cards, card => Assert.Contains("not in the budget, ROI", card, StringComparison.Ordinal));
    }

    [Fact]
    public void Of_a_segment_as_many_are_told_of_as_the_budget_pays_for()
    {
        var orders = Path.Combine(_job.Folder, "orders.parquet");
        Assert.Equal(0, JobProcess.Run("generate", "--customers", "2000", "--out", orders).ExitCode);
        _job.Run(orders, null, null, [.. Quick, "orders.columns.order_id=order_id", "campaigns.minRoi=-1", "campaigns.budget=500"]);
        var shares = _job.Rows("customer_segments", "segment, CAST(AVG(CASE WHEN is_contacted THEN 1 ELSE 0 END) AS DOUBLE)", "GROUP BY segment").Select(r => r.Split('|'))
            .ToDictionary(r => r[0], r => double.Parse(r[1], CultureInfo.InvariantCulture));
        var advised = new PageText(_job).Findings.Where(f => f.Contains("See segments", StringComparison.Ordinal)).ToList();

        Assert.Contains(_job.Rows("campaign_plan", "budgeted_contacts, contacts", "WHERE budgeted_contacts > 0"), r => r.Split('|') is [var paid, var contacts] && paid != contacts);
        Assert.Contains(advised, finding => finding.Contains("the budget pays for campaigns to ", StringComparison.Ordinal));
        Assert.All(advised, finding =>
        {
            var share = shares.Where(s => finding.Contains($"egment {s.Key} is ", StringComparison.Ordinal) || finding.Contains($"segment is {s.Key},", StringComparison.Ordinal)).Single().Value;
            var paid = share >= 0.01 ? string.Create(CultureInfo.InvariantCulture, $"campaigns to {100 * share:0} % of them") : share > 0 ? "campaigns to few of them" : "no campaign to them";
            Assert.Contains("the budget pays for " + paid, finding, StringComparison.Ordinal);
        });
    }

    [Fact]
    public void Costs_that_came_with_the_program_are_said_to_be_examples()
    {
        var orders = OrdersOfAYear();
        var own = _job.Write("campaigns.json", File.ReadAllText(Path.Combine(Checkout.Root, "conf", "campaigns.json")));
        string Campaign() => Assert.Single(new PageText(_job).Findings, f => f.StartsWith("A campaign to ", StringComparison.Ordinal));

        _job.Run(orders, "2026-01-01", null, [.. Quick, "campaigns.minRoi=-1"]);
        Assert.Contains("are yours, and not the examples that came with the program", Campaign(), StringComparison.Ordinal);
        _job.Run(orders, "2026-01-01", null, [.. Quick, "campaigns.minRoi=-1", "campaigns.file=" + own]);
        Assert.DoesNotContain("examples", Campaign(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_campaign_is_to_be_sent_to_as_many_as_the_budget_pays_for()
    {
        _job.Run(OrdersOfAYear(), "2026-01-01", null, [.. Quick, "campaigns.minRoi=-1", "campaigns.budget=10"]);

        Assert.Contains(
            "Send it to the 2 whom the budget pays for, if",
            Assert.Single(new PageText(_job).Findings, f => f.StartsWith("A campaign to ", StringComparison.Ordinal)),
            StringComparison.Ordinal);
    }

    [Fact]
    public void Budget_is_moved_whatever_else_there_is_to_tell()
    {
        var (whole, orders, spend) = (Path.Combine(_job.Folder, "whole.parquet"), Path.Combine(_job.Folder, "orders.csv"), Path.Combine(_job.Folder, "spend.csv"));
        Assert.Equal(0, JobProcess.Run("generate", "--customers", "2000", "--out", whole).ExitCode);
        using (var engine = new DuckDbEngine())
        {
            // One record in fifty comes again, without a customer; revenue of a month is 300 √spend by e-mail, and 30 √spend by social.
            var lines = $"(SELECT *, CASE WHEN hash(customer_id) % 2 = 0 THEN 'email' ELSE 'social' END AS channel FROM '{whole}')";
            engine.Export(Sql.Inline($"SELECT * FROM {lines} UNION ALL SELECT * REPLACE (NULL AS customer_id) FROM {lines} WHERE hash(order_id) % 50 = 0"), orders);
            engine.Export(
                Sql.Inline(
                    $"SELECT channel, strftime(order_date, '%Y-%m') AS month, "
                    + $"round(pow(SUM(amount / CASE channel WHEN 'email' THEN 300 ELSE 30 END), 2), 2) AS spend FROM {lines} GROUP BY ALL"),
                spend);
        }
        _job.Run(orders, null, null, [.. Quick, "orders.columns.order_id=order_id", "orders.columns.channel=channel", "channels.spendFile=" + spend, "orders.maxBadRows=5%"]);
        var findings = new PageText(_job).Findings;

        Assert.Equal(7, findings.Count);
        Assert.Contains(findings, f => f.StartsWith("The largest segment is ", StringComparison.Ordinal));
        Assert.Contains(findings, f => f.Contains(" from social, and give email ", StringComparison.Ordinal));
        Assert.Contains("were left out", findings[^1], StringComparison.Ordinal);
    }

    private string OrdersOfAYear()
    {
        var random = new Pcg32(2);
        return RandomOrders.Write(_job, 400, _ => new DateOnly(2025, 1, 1).AddDays((int)(random.NextDouble() * 365)));
    }
}
