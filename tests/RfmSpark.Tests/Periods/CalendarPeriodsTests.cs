using System.Globalization;
using RfmSpark.Periods;
using RfmSpark.Settings;

namespace RfmSpark.Tests.Periods;

public sealed class CalendarPeriodsTests
{
    [Theory]
    [InlineData(CohortPeriod.Month, "2026-01-01", "2026-01-30", 0)]
    [InlineData(CohortPeriod.Month, "2026-01-01", "2026-01-31", 1)]
    [InlineData(CohortPeriod.Month, "2026-01-01", "2026-02-27", 1)]
    [InlineData(CohortPeriod.Month, "2026-01-01", "2026-02-28", 2)]
    [InlineData(CohortPeriod.Month, "2023-12-01", "2024-02-29", 3)]
    [InlineData(CohortPeriod.Week, "2026-01-05", "2026-01-10", 0)]
    [InlineData(CohortPeriod.Week, "2026-01-05", "2026-01-11", 1)]
    [InlineData(CohortPeriod.Week, "2026-01-05", "2026-01-19", 2)]
    [InlineData(CohortPeriod.Quarter, "2025-10-01", "2025-12-30", 0)]
    [InlineData(CohortPeriod.Quarter, "2025-10-01", "2025-12-31", 1)]
    [InlineData(CohortPeriod.Quarter, "2025-10-01", "2026-06-29", 2)]
    public void Periods_are_over_at_the_end_of_their_last_day(CohortPeriod period, string start, string day, int over) =>
        Assert.Equal(over, CalendarPeriods.Over(period, CalendarPeriods.Number(period, Date(start)), Date(day)));

    [Theory]
    [InlineData(CohortPeriod.Month, "2025-11-01", "2026-02-01", 3)]
    [InlineData(CohortPeriod.Week, "2025-12-29", "2026-01-12", 2)]
    [InlineData(CohortPeriod.Quarter, "2025-10-01", "2026-07-01", 3)]
    public void Periods_are_counted_across_the_year(CohortPeriod period, string start, string later, int between) =>
        Assert.Equal(between, CalendarPeriods.Number(period, Date(later)) - CalendarPeriods.Number(period, Date(start)));

    [Theory]
    [InlineData(CohortPeriod.Month, "2024-02-29", "2024-02-01")]
    [InlineData(CohortPeriod.Week, "2026-01-01", "2025-12-29")]
    [InlineData(CohortPeriod.Week, "2025-12-29", "2025-12-29")]
    [InlineData(CohortPeriod.Quarter, "2025-12-31", "2025-10-01")]
    [InlineData(CohortPeriod.Month, "1000-01-01", "1000-01-01")]
    public void A_period_begins_on_its_first_day(CohortPeriod period, string day, string start) =>
        Assert.Equal(Date(start), CalendarPeriods.Start(period, CalendarPeriods.Number(period, Date(day))));

    [Theory]
    [InlineData("2026-01-31", 1)]
    [InlineData("2026-01-31 2031-02-28", 1)]
    [InlineData("2026-01-31 2031-03-01", 2)]
    [InlineData("1000-01-01 2026-01-31 2031-03-01", 3)]
    [InlineData("", 1)]
    public void An_integer_holds_62_periods_and_none_where_nothing_was_ordered(string days, int integers) =>
        Assert.Equal(integers, PeriodBits.Of(CohortPeriod.Month, days.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(Date)).Columns.Count);

    private static DateOnly Date(string text) => DateOnly.Parse(text, CultureInfo.InvariantCulture);
}
