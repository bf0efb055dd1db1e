using System.Globalization;
using RfmSpark.Cohorts;
using RfmSpark.Settings;

namespace RfmSpark.Tests.Cohorts;

public sealed class CohortPeriodsTests
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
        Assert.Equal(over, CohortPeriods.Over(period, Date(start), Date(day)));

    [Theory]
    [InlineData(CohortPeriod.Month, "2025-11-01", "2026-02-01", 3)]
    [InlineData(CohortPeriod.Week, "2025-12-29", "2026-01-12", 2)]
    [InlineData(CohortPeriod.Quarter, "2025-10-01", "2026-07-01", 3)]
    public void Periods_are_counted_across_the_year(CohortPeriod period, string start, string later, int between) =>
        Assert.Equal(between, CohortPeriods.Between(period, Date(start), Date(later)));

    private static DateOnly Date(string text) => DateOnly.Parse(text, CultureInfo.InvariantCulture);
}
