using System.Globalization;
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
        _job.Run(RandomOrders.Write(_job, 300, _ => new DateOnly(2026, 3, 1).AddDays((int)(random.NextDouble() * 3))), "2026-03-04", null, Quick);
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
        _job.Run(RandomOrders.Write(_job, 100, _ => new DateOnly(2025, 1, 1).AddDays((int)(random.NextDouble() * 365))), "2026-01-01", null, [.. Quick, discount]);

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
}
