using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace RfmSpark.Settings;

/// <summary>How many rows may be bad: a number, or a share of all rows written as <c>1%</c>.</summary>
public readonly record struct BadRowLimit(decimal Number, bool IsShare) : IParsable<BadRowLimit>
{
    /// <summary>The most bad rows that <paramref name="rows"/> rows may hold.</summary>
    public long Of(long rows) => (long)Math.Floor(IsShare ? rows * Number / 100 : Number);

    /// <inheritdoc/>
    public static BadRowLimit Parse(string s, IFormatProvider? provider) =>
        TryParse(s, provider, out var limit) ? limit : throw new FormatException($"'{s}' is no number of rows and no share.");

    /// <inheritdoc/>
    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out BadRowLimit result)
    {
        var share = s is not null && s.EndsWith('%');
        var valid = decimal.TryParse(share ? s![..^1] : s, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
            && (share ? number <= 100 : number == Math.Floor(number) && number <= long.MaxValue);
        result = new BadRowLimit(number, share);
        return valid;
    }

    /// <inheritdoc/>
    public override string ToString() => Number.ToString(CultureInfo.InvariantCulture) + (IsShare ? "%" : "");
}
