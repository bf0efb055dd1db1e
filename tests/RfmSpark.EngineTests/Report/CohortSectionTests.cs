using System.Globalization;

namespace RfmSpark.EngineTests.Report;

/// <summary>Cohorts on the page, where there are more periods than it draws.</summary>
public sealed class CohortSectionTests : IDisposable
{
    private readonly TestJob _job = new();

    public void Dispose() => _job.Dispose();

    [Fact]
    public void What_customers_have_brought_so_far_is_of_all_periods_also_of_those_that_are_not_drawn()
    {
        // 40 orders of 10, one each Monday, and another customer who came once.
        var orders = string.Concat(Enumerable.Range(0, 40).Select(week => string.Create(CultureInfo.InvariantCulture, $"A,{new DateOnly(2025, 1, 6).AddDays(7 * week):yyyy-MM-dd},10\n")));
        _job.Run(_job.Write("orders.csv", "customer_id,order_date,amount\n" + orders + "B,2025-03-04,7\n"), "2025-10-13", null, "cohorts.period=week");

        var page = new PageText(_job);

        // The last cell of the table; 240 would be of the 24 weeks that are drawn.
        Assert.Equal("400", Assert.Single(page.Rows("2025-01-06"))[^1]);
        Assert.Equal("7", Assert.Single(page.Rows("2025-03-03"))[^1]);
    }
}
