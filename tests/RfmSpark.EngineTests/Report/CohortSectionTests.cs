using System.Globalization;
using System.Text;
using RfmSpark.Report;
using RfmSpark.Runs;

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
        using var engine = new DuckDbEngine();

        var page = Encoding.UTF8.GetString(ReportPage.Make(engine, FinishedRun.Find(engine, _job.Output, null)).Span);

        var rows = page.Split("<tr").Where(row => row.Contains(">2025-01-06<", StringComparison.Ordinal) || row.Contains(">2025-03-03<", StringComparison.Ordinal)).ToList();
        Assert.Contains(rows, row => row.Contains("400", StringComparison.Ordinal));
        Assert.DoesNotContain(rows, row => row.Contains("240", StringComparison.Ordinal));
    }
}
