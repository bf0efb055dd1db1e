using System.Collections.Concurrent;
using RfmSpark.Settings;

namespace RfmSpark.Clv;

/// <summary>What is expected of a customer who is alive up to a horizon: purchase days, and the same with each month's discounted to today.</summary>
public readonly record struct Outlook(double Expected, double Discounted);

/// <summary>
/// Expected purchases month by month. A month is a twelfth of 365.25 days; what is expected in the m-th month from now is worth (1 + d)^−m of it, with d the monthly rate that
/// compounds to the annual one; a part of a month at the end is discounted by its own length. What was asked is remembered: the customers of an earlier day have much the same histories.
/// </summary>
/// <param name="model">When customers buy.</param>
/// <param name="annualDiscount">What money loses in value a year.</param>
/// <param name="horizons">In months, rising.</param>
public sealed class PurchaseForecast(PurchaseModel model, double annualDiscount, IReadOnlyList<double> horizons)
{
    /// <summary>The horizon of a year, in months.</summary>
    public const int Year = 12;

    private readonly ConcurrentDictionary<(int Repeats, double Weeks), IReadOnlyList<Outlook>> _known = new();
    private readonly List<double> _horizons = [.. horizons];
    private readonly IReadOnlyList<double> _ends = [.. horizons.Concat(Enumerable.Range(1, (int)horizons[^1]).Select(m => (double)m)).Distinct().Order()];

    /// <summary>The rate a week that compounds to <paramref name="annual"/>.</summary>
    public static double WeeklyRate(double annual) => Math.Pow(1 + annual, 7 / 365.25) - 1;

    /// <summary>Up to each horizon, of a living customer with <paramref name="repeats"/> repeat purchases in <paramref name="weeks"/>.</summary>
    public IReadOnlyList<Outlook> WhileAlive(int repeats, double weeks) =>
        _known.GetOrAdd((repeats, weeks), static (history, forecast) => forecast.Outlooks(history.Repeats, history.Weeks), this);

    /// <summary>Up to one of the horizons.</summary>
    public Outlook WhileAlive(int repeats, double weeks, double horizon) => WhileAlive(repeats, weeks)[_horizons.IndexOf(horizon)];

    private Outlook[] Outlooks(int repeats, double weeks)
    {
        var outlooks = new Outlook[_horizons.Count];
        // Of whole months, and of all up to the end that is looked at.
        var (months, next) = (default(Outlook), 0);
        foreach (var end in _ends)
        {
            var expected = model.ExpectedWhileAlive(repeats, weeks, end * Horizon.WeeksPerMonth);
            var here = new Outlook(expected, months.Discounted + ((expected - months.Expected) * Math.Pow(1 + annualDiscount, -end / 12)));
            if (end == Math.Floor(end)) months = here;
            if (end == _horizons[next]) outlooks[next++] = here;
        }
        return outlooks;
    }
}
