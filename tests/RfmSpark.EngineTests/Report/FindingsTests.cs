using System.Globalization;
using System.Text;
using RfmSpark.Numerics;

namespace RfmSpark.EngineTests.Report;

/// <summary>What the page says first agrees with its tables, and is not said where the data does not hold it.</summary>
public sealed class FindingsTests : IDisposable
{
    private static readonly string[] Quick = ["clusters.replicates=1", "clusters.restarts=1", "clusters.mostClusters=4"];
    private readonly TestJob _job = new();

    public void Dispose() => _job.Dispose();

    [Fact]
    public void Three_days_of_orders_say_nothing_of_a_year()
    {
        var random = new Pcg32(1);
        _job.Run(Orders(300, _ => new DateOnly(2026, 3, 1).AddDays((int)(random.NextDouble() * 3))), "2026-03-04", null, Quick);
        var page = new PageText(_job);

        Assert.DoesNotContain(page.Findings, f => f.Contains("12 months", StringComparison.Ordinal));
        foreach (var section in new[] { "key-figures", "clv", "model-quality" })
            Assert.Contains("he orders go back 3 days, too few to forecast 12 months from: CLV is not to be relied on", page.Lead(section), StringComparison.Ordinal);
    }

    [Fact]
    public void Where_nobody_came_back_that_is_what_is_said_of_lifetime_value()
    {
        _job.Run(
            _job.Write(
                "orders.csv",
                "customer_id,order_date,amount\n"
                + string.Concat(Enumerable.Range(0, 90).Select(i => $"C{i},{new DateOnly(2025, 1, 1).AddDays(4 * i):yyyy-MM-dd},{1 + (i % 7)}\n"))),
            "2026-02-01", null, Quick);

        var page = new PageText(_job);
        Assert.StartsWith("These orders do not say what customers will bring: nobody has bought again, so nothing can be expected of anybody.", page.Lead("clv"), StringComparison.Ordinal);
        Assert.Contains("Nobody has bought again, so who is active still, and what is at risk, cannot be told.", page.Lead("key-figures"), StringComparison.Ordinal);
        Assert.DoesNotContain(_job.Log.Lines, l => l.Contains("no sign of customers leaving", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("clv.annualDiscount=0.1", ", of which what comes later counts for less, by 10.0 % a year (0.1828 % a week). ")]
    [InlineData("clv.annualDiscount=0", " in revenue. ")]
    public void The_discount_of_lifetime_value_is_told_by_the_year_and_by_the_week(string discount, string expected)
    {
        var random = new Pcg32(3);
        _job.Run(Orders(100, _ => new DateOnly(2025, 1, 1).AddDays((int)(random.NextDouble() * 365))), "2026-01-01", null, [.. Quick, discount]);

        // 1.1 to the power of 7 / 365.25 is 1.001828.
        Assert.Contains(expected, new PageText(_job).Lead("clv"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_customer_on_whom_the_shop_depends_is_named_first()
    {
        // Forty who brought 20 each, and one who brought 3,200 by half a year ago.
        var orders = string.Concat(Enumerable.Range(0, 80).Select(i => $"C{i % 40},{new DateOnly(2025, 1, 1).AddDays(4 * i):yyyy-MM-dd},10\n"))
            + string.Concat(Enumerable.Range(0, 20).Select(i => $"BIG,{new DateOnly(2025, 1, 1).AddDays(7 * i):yyyy-MM-dd},160\n"));
        _job.Run(_job.Write("orders.csv", "customer_id,order_date,amount\n" + orders), "2025-11-14", null, Quick);

        Assert.StartsWith("One customer, BIG, brought 80.0 % of the revenue and last ordered 184 days ago", new PageText(_job).Findings[0], StringComparison.Ordinal);
    }

    [Fact]
    public void Where_nobody_new_has_come_for_long_that_is_said_and_nobody_is_to_be_welcomed()
    {
        // All began by May, and came again every 40 days for a year.
        var orders = string.Concat(Enumerable.Range(0, 30).SelectMany(c => Enumerable.Range(0, 9).Select(i => $"C{c},{new DateOnly(2024, 1, 1).AddDays((5 * c) + (40 * i)):yyyy-MM-dd},{10 + c}\n")));
        _job.Run(_job.Write("orders.csv", "customer_id,order_date,amount\n" + orders), null, null, Quick);
        var findings = new PageText(_job).Findings;

        Assert.StartsWith("Nobody has ordered for the first time since 2024-05-25. Find out why", findings[0], StringComparison.Ordinal);
        Assert.DoesNotContain(findings, f => f.Contains("Welcome new customers", StringComparison.Ordinal));
    }

    [Fact]
    public void Customers_who_all_come_back_and_are_worth_the_same_are_not_told_apart()
    {
        // Subscribers: one begins every third day, and pays every 28 days.
        var orders = string.Concat(Enumerable.Range(0, 100).SelectMany(c => Enumerable.Range(0, 15).Select(i => (Customer: c, Day: new DateOnly(2025, 1, 1).AddDays((3 * c) + (28 * i)))))
            .Where(o => o.Day < new DateOnly(2026, 1, 1)).Select(o => $"C{o.Customer},{o.Day:yyyy-MM-dd},20\n"));
        _job.Run(_job.Write("orders.csv", "customer_id,order_date,amount\n" + orders), "2026-01-01", null, Quick);
        var findings = new PageText(_job).Findings;

        Assert.Contains(findings, f => f.EndsWith("bought again in the month after. Keep up what brings them back. See cohorts", StringComparison.Ordinal));
        Assert.Contains(findings, f => f.StartsWith("Customers are expected to bring much the same: the most valuable tenth holds 10 % of the ", StringComparison.Ordinal));
        Assert.DoesNotContain(findings, f => f.Contains("a service of their own", StringComparison.Ordinal));
    }

    [Fact]
    public void A_plan_for_few_tells_parts_of_orders_and_leaves_some_out_to_measure()
    {
        _job.Run(Orders(20, i => new DateOnly(2025, 1, 1).AddDays(9 * i)), "2026-01-01", null, [.. Quick, "campaigns.minRoi=-1"]);
        var page = new PageText(_job);

        Assert.Contains("(experiment assign --holdout 0.1)", page.Lead("campaigns"), StringComparison.Ordinal);
        Assert.All(_job.Rows("campaign_plan", "segment, expected_conversions, contacts").Select(r => r.Split('|')).Where(c => c[2] != "0"), campaign =>
            Assert.Contains(page.Rows(campaign[0]), row => row.Count == 11 && row[4] == double.Parse(campaign[1], CultureInfo.InvariantCulture).ToString("0.0", CultureInfo.InvariantCulture)));
    }

    [SkippableFact]
    public void Of_those_who_left_long_ago_nobody_hears_as_of_news()
    {
        // All of CDNOW began in the first quarter of 1997; who comes from Loyal into At Risk in the summer of 1998 has not ordered for more than a year.
        _job.Run(Requires.Data("cdnow_sample.csv"), "1998-07-01", "cdnow", Quick);
        var page = new PageText(_job);

        Assert.DoesNotContain(page.Findings, f => f.Contains("See migration", StringComparison.Ordinal));
        Assert.Contains("16 customers came from a good segment into one at risk since 1998-06-01. All are in the table segment_changes.", page.Section("migration"), StringComparison.Ordinal);
    }

    [SkippableFact]
    public void Where_the_model_is_not_to_be_relied_on_neither_is_what_it_says_of_risk()
    {
        _job.Run(Requires.Data("case_study_20_orders.csv"), "2025-01-01", null, [.. Quick, "orders.columns.order_id=order_id"]);
        var page = new PageText(_job);

        Assert.Contains("CLV is not to be relied on", page.Lead("key-figures"), StringComparison.Ordinal);
        Assert.DoesNotContain(page.Findings, f => f.Contains("is at risk", StringComparison.Ordinal));
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

    [SkippableFact]
    public void A_forecast_that_was_far_off_where_it_was_tested_is_not_told_without_that()
    {
        _job.Run(Requires.Data("rfm_orders.csv"), "2006-12-31", null, [.. Quick, "orders.columns.amount=revenue"]);
        var page = new PageText(_job);

        const string off = "tested on the last 67 weeks, the forecast was 95 % too high";
        Assert.Contains(off, Assert.Single(page.Findings, f => f.Contains("expected in the next 12 months", StringComparison.Ordinal)), StringComparison.Ordinal);
        Assert.Contains($"Take the CLV with care: {off}.", page.Lead("key-figures"), StringComparison.Ordinal);
        Assert.Contains(off, page.Lead("clv"), StringComparison.Ordinal);
    }

    [Fact]
    public void What_a_lower_price_brings_is_said_in_words()
    {
        // One product, of which a price 1 % lower sells about 2 % more.
        var random = new Pcg32(5);
        var orders = string.Concat(Enumerable.Range(0, 600).Select(i => (Day: new DateOnly(2025, 1, 1).AddDays(i % 360), Price: 8 + (2 * random.NextDouble()))).Select((o, i) =>
            (o.Day, o.Price, Quantity: Math.Round(2000 / (o.Price * o.Price) * (0.9 + (0.2 * random.NextDouble()))), Customer: i % 97)).Select(o =>
            string.Create(CultureInfo.InvariantCulture, $"C{o.Customer},{o.Day:yyyy-MM-dd},{o.Price * o.Quantity:0.00},tea,{o.Quantity}\n")));
        _job.Run(
            _job.Write("orders.csv", "customer_id,order_date,amount,product,quantity\n" + orders), "2026-01-01", null,
            [.. Quick, "orders.columns.product=product", "orders.columns.quantity=quantity"]);

        Assert.Contains("A price that is 1 % lower brings more revenue where it sells more than 1 % more, beyond doubt with ", new PageText(_job).Lead("prices"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("campaigns.minRoi=1000", false)]
    [InlineData("campaigns.minRoi=-1", true)]
    public void Segments_are_advised_a_campaign_only_if_the_plan_sends_one(string minRoi, bool isSent)
    {
        var random = new Pcg32(2);
        _job.Run(Orders(400, _ => new DateOnly(2025, 1, 1).AddDays((int)(random.NextDouble() * 365))), "2026-01-01", null, [.. Quick, minRoi]);
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
        var random = new Pcg32(2);
        _job.Run(Orders(400, _ => new DateOnly(2025, 1, 1).AddDays((int)(random.NextDouble() * 365))), "2026-01-01", null, [.. Quick, "campaigns.minRoi=-1", "campaigns.budget=4"]);
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
    public void Costs_that_came_with_the_program_are_said_to_be_examples()
    {
        var random = new Pcg32(2);
        var orders = Orders(400, _ => new DateOnly(2025, 1, 1).AddDays((int)(random.NextDouble() * 365)));
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
        var random = new Pcg32(2);
        _job.Run(Orders(400, _ => new DateOnly(2025, 1, 1).AddDays((int)(random.NextDouble() * 365))), "2026-01-01", null, [.. Quick, "campaigns.minRoi=-1", "campaigns.budget=10"]);

        Assert.Contains(
            "Send it to the 2 whom the budget pays for, if",
            Assert.Single(new PageText(_job).Findings, f => f.StartsWith("A campaign to ", StringComparison.Ordinal)),
            StringComparison.Ordinal);
    }

    [Fact]
    public void Good_segments_are_kept_and_those_at_risk_won_back()
    {
        var orders = Path.Combine(_job.Folder, "orders.parquet");
        Assert.Equal(0, JobProcess.Run("generate", "--customers", "2000", "--out", orders).ExitCode);
        _job.Run(orders, null, null, [.. Quick, "orders.columns.order_id=order_id"]);
        var page = new PageText(_job);

        Assert.Contains("Keep them close", Assert.Single(page.Findings, f => f.StartsWith("The segment Champions is ", StringComparison.Ordinal)), StringComparison.Ordinal);
        Assert.Contains("Win them back", Assert.Single(page.Findings, f => f.StartsWith("The largest segment is Hibernating, with ", StringComparison.Ordinal)), StringComparison.Ordinal);
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

    [Fact]
    public void Those_who_came_back_are_of_the_cohorts_that_are_drawn()
    {
        // Ten years, in which only those who began before the last 24 months came back in the month after.
        var orders = string.Concat(Enumerable.Range(0, 120).Select(m => new DateOnly(2016, 1, 10).AddMonths(m)).Select((first, m) =>
            string.Create(CultureInfo.InvariantCulture, $"C{m},{first:yyyy-MM-dd},10\nC{m},{first.AddMonths(m < 95 ? 1 : 3):yyyy-MM-dd},10\n")));
        _job.Run(_job.Write("orders.csv", "customer_id,order_date,amount\n" + orders), "2026-01-01", null, Quick);

        Assert.StartsWith("Of those who began from 2024-01 to 2025-11, 0.0 % bought again in the month after.", new PageText(_job).Lead("cohorts"), StringComparison.Ordinal);
        Assert.EndsWith("96 earlier cohorts: see cohort_retention.", new PageText(_job).Lead("cohorts"), StringComparison.Ordinal);
    }

    [Fact]
    public void Records_that_were_left_out_are_told_with_their_reasons()
    {
        var orders = string.Concat(Enumerable.Range(0, 20).Select(i => $"C{i % 9},2026-01-{1 + i:00},{i + 1}\n"));
        _job.Run(_job.Write("orders.csv", "customer_id,order_date,amount\n" + orders + ",2026-01-05,3\n,2026-01-06,3\nA,2026-01-06,\n"), "2026-02-01", null, [.. Quick, "orders.maxBadRows=10"]);

        Assert.Contains(
            "3 records of 23 were left out: 2 without a customer, 1 without an amount. "
            + "Look at samples of them (orders_rejected), and mend the source if they matter. See data and how this was made",
            new PageText(_job).Findings);
    }

    private string Orders(int customers, Func<int, DateOnly> day)
    {
        var random = new Pcg32(3);
        return _job.Write(
            "orders.csv",
            "customer_id,order_date,amount\n"
            + string.Concat(
                Enumerable.Range(0, customers * 2)
                    .Select(i => string.Create(
                        CultureInfo.InvariantCulture,
                        $"C{random.NextUInt() % (uint)customers},{day(i):yyyy-MM-dd},{5 + (random.NextDouble() * 95):0.00}\n"))));
    }
}
