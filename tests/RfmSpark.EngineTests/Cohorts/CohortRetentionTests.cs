using System.Globalization;

namespace RfmSpark.EngineTests.Cohorts;

/// <summary>Cohorts by hand, and of real orders against a count over the file.</summary>
public sealed class CohortRetentionTests : IDisposable
{
    private readonly TestJob _job = new();

    public void Dispose() => _job.Dispose();

    [Fact]
    public void Who_began_together_is_followed_month_by_month_until_the_last_one_that_is_over()
    {
        var orders = _job.Write("orders.csv", """
            customer_id,order_date,amount
            A,2026-01-31,10
            A,2026-03-01,20
            A,2026-03-15,-5
            B,2026-01-02,30
            C,2026-02-10,40
            C,2026-02-11,2
            C,2026-04-10,40
            D,2026-04-20,7
            """);
        _job.Run(orders, "2026-04-29");

        // April is not over on the 29th, so C's purchase of April and all of D are not to be seen.
        Assert.Equal([
            "2026-01-01|0|2|2|1|40.00|20.00", "2026-01-01|1|2|0|0|0.00|20.00", "2026-01-01|2|2|1|0.5|15.00|27.50",
            "2026-02-01|0|1|1|1|42.00|42.00", "2026-02-01|1|1|0|0|0.00|42.00",
        ], _job.Rows("cohort_retention", "cohort, period, customers, active, retention, revenue, revenue_per_customer", "WHERE segment IS NULL ORDER BY cohort, period"));
        Assert.Equal(["0"], _job.Rows("cohort_retention", "COUNT(*)", "WHERE cohort = DATE '2026-04-01'"));
    }

    [SkippableTheory]
    [InlineData("month")]
    [InlineData("week")]
    [InlineData("quarter")]
    public void Real_cohorts_are_those_counted_from_the_file(string period)
    {
        var file = Requires.Data("cdnow_sample.csv");
        _job.Run(file, "1998-06-30", "cdnow", "clusters.replicates=1", "clusters.restarts=1", "cohorts.period=" + period);

        var days = File.ReadLines(file).Skip(1).Select(line => line.Split(','))
            .GroupBy(
                c => (Customer: c[1], Day: DateOnly.Parse(c[2], CultureInfo.InvariantCulture)),
                c => decimal.Parse(c[4], CultureInfo.InvariantCulture))
            .Select(g => (g.Key.Customer, g.Key.Day, Net: g.Sum())).Where(d => d.Net > 0).ToList();
        var began = days.GroupBy(d => d.Customer).ToDictionary(g => g.Key, g => Start(g.Min(d => d.Day)));
        var sizes = began.Values.CountBy(c => c).ToDictionary();
        var active = days.Select(d => (Cohort: began[d.Customer], Period: Start(d.Day), d.Customer)).Distinct().CountBy(a => (a.Cohort, a.Period)).ToDictionary();

        // A period is over if the next one begins on the day after the last, or before.
        var expected = sizes.Keys.Order().SelectMany(cohort => Enumerable.Range(0, 600)
            .TakeWhile(i => After(cohort, i + 1) <= new DateOnly(1998, 7, 1))
            .Select(i => (Cohort: cohort, Period: i, Active: active.GetValueOrDefault((cohort, After(cohort, i))))))
            .Select(c => string.Create(CultureInfo.InvariantCulture, $"{c.Cohort:yyyy-MM-dd}|{c.Period}|{sizes[c.Cohort]}|{c.Active}"));
        Assert.Equal(expected, _job.Rows("cohort_retention", "cohort, period, customers, active", "WHERE segment IS NULL ORDER BY cohort, period"));
        // Segments are parts of the whole, and what all have brought is what the summary says, where the last day ends a period.
        Assert.Equal(_job.Rows("cohort_retention", "cohort, period, SUM(customers), SUM(active), SUM(revenue)", "WHERE segment IS NULL GROUP BY 1, 2 ORDER BY 1, 2"),
            _job.Rows("cohort_retention", "cohort, period, SUM(customers), SUM(active), SUM(revenue)", "WHERE segment IS NOT NULL GROUP BY 1, 2 ORDER BY 1, 2"));
        if (period != "week") Assert.Equal(_job.Rows("segment_summary", "SUM(revenue)", "WHERE scheme = 'rfm'"), _job.Rows("cohort_retention", "SUM(revenue)", "WHERE segment IS NULL"));

        DateOnly After(DateOnly cohort, int periods) => period switch
        {
            "month" => cohort.AddMonths(periods),
            "quarter" => cohort.AddMonths(3 * periods),
            _ => cohort.AddDays(7 * periods),
        };

        DateOnly Start(DateOnly day) => period switch
        {
            "month" => new DateOnly(day.Year, day.Month, 1),
            "quarter" => new DateOnly(day.Year, (((day.Month - 1) / 3) * 3) + 1, 1),
            _ => day.AddDays(-(((int)day.DayOfWeek + 6) % 7)),
        };
    }
}
