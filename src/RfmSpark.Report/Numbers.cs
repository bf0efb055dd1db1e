using System.Globalization;

namespace RfmSpark.Report;

/// <summary>Numbers as a reader wants them: thousands apart, money with its currency, shares in percent, and a dash for what is not known.</summary>
/// <param name="currency">ISO 4217 code of the orders' money, or null.</param>
internal sealed class Numbers(string? currency)
{
    internal const string Unknown = "–";

    private static readonly Dictionary<string, string> Signs = new() { ["EUR"] = "€", ["USD"] = "$", ["GBP"] = "£", ["JPY"] = "¥", ["INR"] = "₹", ["KRW"] = "₩", ["BRL"] = "R$" };

    /// <summary>What stands before an amount; empty if the currency is not said.</summary>
    internal string Sign { get; } = currency is null ? "" : Signs.GetValueOrDefault(currency, currency + " ");

    internal static string Count(double? value) => Text(value, "#,##0");

    internal static string Decimals(double? value, int digits) => Text(value, "#,##0." + new string('0', digits));

    internal static string Percent(double? share, int digits = 1) => share is null ? Unknown : Text(share * 100, digits == 0 ? "#,##0" : "#,##0." + new string('0', digits)) + "\u00a0%";

    /// <summary>A median of whole numbers, which may lie between two.</summary>
    internal static string Median(double? value) => Text(value, "#,##0.#");

    internal static string Day(DateOnly? day) => day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? Unknown;

    /// <summary>With cents below 100.</summary>
    internal string Money(decimal? value) => value is not { } known ? Unknown
        : Signed(known < 0, Text((double)Math.Abs(known), Math.Abs(known) < 100 && known != decimal.Truncate(known) ? "#,##0.00" : "#,##0"));

    /// <summary>For sentences: 1.24 million rather than every digit.</summary>
    internal string RoundMoney(decimal? value)
    {
        if (value is not { } known) return Unknown;
        var size = Math.Abs(known);
        return size < 1_000_000m ? Money(known)
            : Signed(known < 0, size < 1_000_000_000m ? Text((double)(size / 1_000_000m), "#,##0.00") + " million" : Text((double)(size / 1_000_000_000m), "#,##0.00") + " billion");
    }

    /// <summary>A change as a share, with its sign.</summary>
    internal static string Change(double? share) => share is not { } known ? Unknown : SignOf(known * 100) + Percent(Math.Abs(known));

    /// <summary>A change of a share, in percentage points.</summary>
    internal static string Points(double? difference) => difference is not { } known ? Unknown : SignOf(known * 100) + Text(Math.Abs(known) * 100, "0.0") + " points";

    // Of what is written with one digit after the point.
    private static string SignOf(double tenths) => Math.Abs(tenths) < 0.05 ? "±" : tenths > 0 ? "+" : "−";

    private string Signed(bool isNegative, string size) => (isNegative ? "−" : "") + Sign + size;

    private static string Text(double? value, string format) => value is not { } known || !double.IsFinite(known) ? Unknown
        : (known < 0 && Math.Abs(known) >= 0.5 * Math.Pow(10, -DigitsOf(format)) ? "−" : "") + Math.Abs(known).ToString(format, CultureInfo.InvariantCulture);

    private static int DigitsOf(string format) => format.IndexOf('.', StringComparison.Ordinal) is >= 0 and var point ? format.Length - point - 1 : 0;
}
