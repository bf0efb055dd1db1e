using System.Globalization;

namespace RfmSpark.Intake;

/// <summary>The lines of one day.</summary>
/// <param name="Lines">All of them.</param>
/// <param name="Repeated">Those that were kept though they are equal to another in every column.</param>
/// <param name="Purchases">Customers whose lines come to more than zero.</param>
public readonly record struct DayTotal(long Lines, long Repeated, long Purchases);

/// <summary>What reading the orders came to.</summary>
/// <param name="Rows">Records in the files.</param>
/// <param name="Rejected">Reason → records that are no order line.</param>
/// <param name="Days">The lines of each day with one.</param>
/// <param name="Currency">The one that the lines name, as they write it; null if they name none.</param>
public sealed record OrdersRead(long Rows, IReadOnlyDictionary<string, long> Rejected, IReadOnlyDictionary<DateOnly, DayTotal> Days, string? Currency = null)
{
    // Real orders repeat some lines: 1.3 % of those of UCI Online Retail.
    private const double ManyRepeated = 0.05;
    private const int DaysOfAYear = 365;

    /// <summary>The reason of lines that only a later day will see.</summary>
    public const string AfterAsOf = "after_as_of";

    /// <summary>Records that are order lines.</summary>
    public long Kept => Rows - Rejected.Values.Sum();

    /// <summary>What it came to, in lines for the log.</summary>
    public IEnumerable<string> Summary()
    {
        yield return string.Create(CultureInfo.InvariantCulture, $"{Rows:N0} rows in = {Kept:N0} kept + {Rejected.Values.Sum():N0} rejected; last order {LastOrder:yyyy-MM-dd}");
        foreach (var (reason, rows) in Rejected) yield return string.Create(CultureInfo.InvariantCulture, $"{rows:N0} rejected as {reason}");
        if (RepeatedLines(LastOrder) is > 0 and var repeated)
            yield return string.Create(CultureInfo.InvariantCulture, $"{repeated:N0} lines repeat another in every column, and are kept (orders.duplicates)");
    }

    /// <summary>Whether anybody has bought anything: there may be only returns, or lines that come to nothing.</summary>
    public bool HavePurchase => Days.Values.Any(day => day.Purchases > 0);

    /// <summary><see cref="Currency"/> as a code of ISO 4217, null if it is written otherwise.</summary>
    public string? CurrencyCode => Currency is [_, _, _] code && code.All(char.IsAsciiLetter) ? code.ToUpperInvariant() : null;

    /// <summary>The day of the first order line.</summary>
    public DateOnly FirstOrder { get; } = Days.Keys.Min();

    /// <summary>The day of the last order line.</summary>
    public DateOnly LastOrder { get; } = Days.Keys.Max();

    /// <summary>The day of the last order line that a run as of <paramref name="asOf"/> sees; null if it sees none.</summary>
    public DateOnly? LastOrderUpTo(DateOnly asOf) => Days.Keys.Where(day => day <= asOf).Select(day => (DateOnly?)day).Max();

    /// <summary>The day to look from if none is named: that after the last order.</summary>
    /// <exception cref="DataFault">It lies in the future, after the day that follows <paramref name="today"/>: tables as of it would stand before those of every right run for years.</exception>
    public DateOnly DayAfter(DateOnly today) => InFuture(today) is { } fault ? throw new DataFault(fault) : LastOrder.AddDays(1);

    /// <summary>What is to be said if the last order is dated later than the day that follows <paramref name="today"/>; else null.</summary>
    public string? InFuture(DateOnly today)
    {
        var later = LinesAfter(today.AddDays(1));
        return later == 0 ? null : string.Create(CultureInfo.InvariantCulture,
            $"orders: the last one is dated {LastOrder:yyyy-MM-dd}, and today is {today:yyyy-MM-dd}; lines dated later than tomorrow: {later:N0}. "
                + $"Mend them, or name the day for run to look from with --as-of: lines after it are not seen.");
    }

    /// <summary>A warning if the orders end so long before <paramref name="asOf"/> that a delivery is likely to be missing, or the day to be a wrong one; else null.</summary>
    public string? StaleAt(DateOnly asOf)
    {
        if (LastOrderUpTo(asOf) is not { } last) return null;
        var silent = asOf.DayNumber - last.DayNumber;
        var daysOfOrders = Days.Keys.Where(day => day <= last && day.DayNumber > last.DayNumber - DaysOfAYear).Order().ToList();
        var longest = daysOfOrders.Zip(daysOfOrders.Skip(1), (day, next) => next.DayNumber - day.DayNumber).DefaultIfEmpty(0).Max();
        // As long as a week is any shop's; a short past tells nothing of pauses.
        if (silent <= Math.Max(7, 2 * longest) || (daysOfOrders.Count < 2 && silent <= DaysOfAYear)) return null;
        var pauses = longest == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $", and in the year up to it no pause was longer than {longest:N0} {(longest == 1 ? "day" : "days")}");
        return string.Create(CultureInfo.InvariantCulture,
            $"orders: the last one{(last < LastOrder ? " up to then" : "")} is dated {last:yyyy-MM-dd}, {silent:N0} days before {asOf:yyyy-MM-dd}{pauses}: is a delivery missing?");
    }

    /// <summary>A warning if so many lines repeat another in every column that a delivery is likely to have been read twice; else null.</summary>
    public string? TwiceAt(DateOnly asOf)
    {
        var (repeated, lines) = (RepeatedLines(asOf), Days.Where(d => d.Key <= asOf).Sum(d => d.Value.Lines));
        return repeated <= ManyRepeated * lines ? null : string.Create(CultureInfo.InvariantCulture,
            $"orders: {repeated:N0} of {lines:N0} lines ({100.0 * repeated / lines:0.#} %) repeat another in every column, and count again: "
                + $"was a delivery read twice? orders.duplicates=reject leaves them out");
    }

    /// <summary>The lines that a run as of <paramref name="asOf"/> does not see, since they are dated later.</summary>
    public long LinesAfter(DateOnly asOf) => Days.Where(d => d.Key > asOf).Sum(d => d.Value.Lines);

    /// <summary>The lines up to <paramref name="asOf"/> that were kept though they are equal to another in every column.</summary>
    public long RepeatedLines(DateOnly asOf) => Days.Where(d => d.Key <= asOf).Sum(d => d.Value.Repeated);
}
