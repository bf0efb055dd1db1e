using System.Globalization;

namespace RfmSpark.Settings;

/// <summary>A time ahead, in months (<c>6m</c>) or weeks (<c>26w</c>).</summary>
/// <param name="Text">As it was written.</param>
/// <param name="Months">Months, of a twelfth of 365.25 days.</param>
public sealed record Horizon(string Text, double Months)
{
    /// <summary>Weeks in a month.</summary>
    public const double WeeksPerMonth = 365.25 / 12 / 7;

    private const int MostMonths = 120;

    /// <summary>Null if the text is no time of up to ten years.</summary>
    public static Horizon? Parse(string text) =>
        text.Length > 1 && int.TryParse(text.AsSpan(0, text.Length - 1), NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0
            && InMonths(number, text[^1]) is { } months and <= MostMonths
            ? new Horizon(text, months)
            : null;

    private static double? InMonths(int number, char unit) => unit switch
    {
        'm' => number,
        'w' => number / WeeksPerMonth,
        _ => null,
    };
}
