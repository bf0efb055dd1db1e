using System.Globalization;
using RfmSpark.Settings;

namespace RfmSpark.Tests.Settings;

/// <summary>Steps in the calendar.</summary>
public sealed class CalendarStepTests
{
    [Theory]
    [InlineData("10d", "2026-03-05", "2026-02-23")]
    [InlineData("1w", "2026-03-05", "2026-02-26")]
    [InlineData("1m", "2026-03-31", "2026-02-28")]
    [InlineData("1m", "2024-03-30", "2024-02-29")]
    [InlineData("12m", "2024-02-29", "2023-02-28")]
    public void A_step_back_ends_on_a_day_that_there_is(string text, string day, string before) =>
        Assert.Equal(Day(before), CalendarStep.Parse(text, null).Before(Day(day)));

    [Fact]
    public void Months_are_counted_from_the_first_day_so_that_the_31st_comes_back() =>
        Assert.Equal(
            ["2026-02-28", "2026-03-31", "2026-04-30"],
            Enumerable.Range(1, 3)
                .Select(n => CalendarStep.Parse("1m", null).After(Day("2026-01-31"), n).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)));

    [Theory]
    [InlineData("")]
    [InlineData("m")]
    [InlineData("1")]
    [InlineData("0m")]
    [InlineData("-1m")]
    [InlineData("1y")]
    [InlineData("1.5m")]
    [InlineData("1001d")]
    public void Other_texts_are_none(string text) => Assert.False(CalendarStep.TryParse(text, null, out _));

    private static DateOnly Day(string text) => DateOnly.Parse(text, CultureInfo.InvariantCulture);
}
