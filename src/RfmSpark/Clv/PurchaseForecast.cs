using System.Collections.Concurrent;

namespace RfmSpark.Clv;

/// <summary>What is expected of a customer who is alive: purchase days in the next 3 and 12 months, and the same with each month's discounted to today.</summary>
public readonly record struct Outlook(double Expected3, double Expected12, double Discounted3, double Discounted12);

/// <summary>
/// Expected purchases month by month. A month is a twelfth of 365.25 days; what is expected in the m-th month from now is worth (1 + d)^−m of it, with d the monthly rate that
/// compounds to the annual one.
/// </summary>
public sealed class PurchaseForecast(PurchaseModel model, double annualDiscount)
{
    /// <summary>Weeks in a month.</summary>
    public const double WeeksPerMonth = 365.25 / 12 / 7;

    private const int Quarter = 3;
    private const int Year = 12;
    private readonly ConcurrentDictionary<(int, double), Outlook> _outlooks = new();

    /// <summary>The rate a week that compounds to the annual one.</summary>
    public double WeeklyRate => Math.Pow(1 + annualDiscount, 7 / 365.25) - 1;

    /// <summary>Of a living customer with <paramref name="repeats"/> repeat purchases in <paramref name="weeks"/>.</summary>
    public Outlook WhileAlive(int repeats, double weeks) => _outlooks.GetOrAdd((repeats, weeks), key =>
    {
        var (before, discounted, quarter, discountedQuarter) = (0.0, 0.0, 0.0, 0.0);
        for (var month = 1; month <= Year; month++)
        {
            var expected = model.ExpectedWhileAlive(key.Item1, key.Item2, month * WeeksPerMonth);
            discounted += (expected - before) * Math.Pow(1 + annualDiscount, -month / 12.0);
            before = expected;
            if (month == Quarter) (quarter, discountedQuarter) = (expected, discounted);
        }
        return new Outlook(quarter, before, discountedQuarter, discounted);
    });
}
