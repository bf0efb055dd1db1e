using RfmSpark.Engine;
using RfmSpark.Settings;

namespace RfmSpark.Periods;

/// <summary>Months, weeks or quarters of the calendar, numbered without a gap; here and in SQL alike.</summary>
internal static class CalendarPeriods
{
    private const int DaysPerWeek = 7;
    private const int MonthsPerYear = 12;

    /// <summary>The number of the period of <paramref name="day"/>; weeks begin on Mondays.</summary>
    internal static int Number(CohortPeriod period, DateOnly day) => period == CohortPeriod.Week
        ? day.DayNumber / DaysPerWeek   // The first day of all was a Monday.
        : ((day.Year * MonthsPerYear) + day.Month - 1) / Months(period);

    /// <summary>The first day of a period.</summary>
    internal static DateOnly Start(CohortPeriod period, int number)
    {
        if (period == CohortPeriod.Week) return DateOnly.FromDayNumber(number * DaysPerWeek);
        var month = number * Months(period);
        return new DateOnly(month / MonthsPerYear, (month % MonthsPerYear) + 1, 1);
    }

    /// <summary>The same number in SQL, of a column of days.</summary>
    internal static SqlExpression Number(CohortPeriod period, string day) => new(dialect =>
    {
        if (period != CohortPeriod.Week) return period == CohortPeriod.Month ? $"YEAR({day}) * 12 + MONTH({day}) - 1" : $"YEAR({day}) * 4 + QUARTER({day}) - 1";
        var days = dialect.Call("days_between", [dialect.Literal(DateOnly.MinValue), day]);
        return $"CAST(({days} - {days} % 7) / 7 AS INTEGER)";
    });

    /// <summary>How many periods from <paramref name="number"/> on are over at the end of <paramref name="day"/>.</summary>
    internal static int Over(CohortPeriod period, int number, DateOnly day) => Math.Max(0, Number(period, day.AddDays(1)) - number);

    private static int Months(CohortPeriod period) => period == CohortPeriod.Quarter ? 3 : 1;
}
