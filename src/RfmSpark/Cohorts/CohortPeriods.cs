using RfmSpark.Settings;

namespace RfmSpark.Cohorts;

/// <summary>Months, weeks or quarters of the calendar.</summary>
internal static class CohortPeriods
{
    private const int DaysPerWeek = 7;
    private const int MonthsPerYear = 12;

    /// <summary>The first day of the period of <paramref name="day"/>; weeks begin on Mondays.</summary>
    internal static DateOnly Start(CohortPeriod period, DateOnly day) => period == CohortPeriod.Week
        ? day.AddDays(-(((int)day.DayOfWeek + DaysPerWeek - 1) % DaysPerWeek))
        : new DateOnly(day.Year, day.Month - ((day.Month - 1) % Months(period)), 1);

    /// <summary>Whole periods from the one that begins on <paramref name="start"/> to the one that begins on <paramref name="later"/>.</summary>
    internal static int Between(CohortPeriod period, DateOnly start, DateOnly later) => period == CohortPeriod.Week
        ? (later.DayNumber - start.DayNumber) / DaysPerWeek
        : (((later.Year - start.Year) * MonthsPerYear) + later.Month - start.Month) / Months(period);

    /// <summary>How many periods from the one that begins on <paramref name="start"/> are over at the end of <paramref name="day"/>.</summary>
    internal static int Over(CohortPeriod period, DateOnly start, DateOnly day)
    {
        var over = Between(period, start, day.AddDays(1));
        return over > 0 && After(period, start, over) > day.AddDays(1) ? over - 1 : Math.Max(0, over);
    }

    private static DateOnly After(CohortPeriod period, DateOnly start, int periods) => period == CohortPeriod.Week ? start.AddDays(DaysPerWeek * periods) : start.AddMonths(Months(period) * periods);

    private static int Months(CohortPeriod period) => period == CohortPeriod.Quarter ? 3 : 1;
}
