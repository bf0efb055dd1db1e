using System.Globalization;

namespace RfmSpark.Settings;

/// <summary>A step in the calendar: days (<c>10d</c>), weeks (<c>1w</c>) or months (<c>1m</c>).</summary>
/// <param name="Number">How many of them.</param>
/// <param name="Unit">d, w or m.</param>
public readonly record struct CalendarStep(int Number, char Unit) : IParsable<CalendarStep>
{
    /// <summary>What it may be, for messages.</summary>
    public const string Form = "days, weeks or months, such as 1d, 1w or 1m";

    private const int Most = 1000;

    /// <summary>Whether it is of months, which differ in length.</summary>
    public bool IsInMonths => Unit == 'm';

    /// <summary>The day <paramref name="times"/> steps after <paramref name="day"/>. Months keep the day, or take the last one of a month that is shorter.</summary>
    public DateOnly After(DateOnly day, int times) => Unit switch
    {
        'd' => day.AddDays(Number * times),
        'w' => day.AddDays(7 * Number * times),
        _ => day.AddMonths(Number * times),
    };

    /// <summary>The day one step before.</summary>
    public DateOnly Before(DateOnly day) => After(day, -1);

    /// <inheritdoc/>
    public static CalendarStep Parse(string s, IFormatProvider? provider) => TryParse(s, provider, out var step) ? step : throw new FormatException($"'{s}' is no step of {Form}.");

    /// <inheritdoc/>
    public static bool TryParse(string? s, IFormatProvider? provider, out CalendarStep result)
    {
        result = default;
        if (s is not { Length: > 1 } || !int.TryParse(s.AsSpan(0, s.Length - 1), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
                || number is < 1 or > Most || s[^1] is not ('d' or 'w' or 'm'))
            return false;
        result = new CalendarStep(number, s[^1]);
        return true;
    }

    /// <summary>As it is written.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Number}{Unit}");
}
