using System.Globalization;

namespace RfmSpark.Channels;

/// <summary>One channel: what it has brought and cost in the months with spend, and how its revenue answers to it.</summary>
/// <param name="Name">As the orders spell it.</param>
/// <param name="Result">Of all customers.</param>
/// <param name="Earned">What came in through it in the months with spend.</param>
/// <param name="Months">How many months with spend are over and began after the first order.</param>
/// <param name="MonthlySpend">Mean of the last whole months of all spend since the channel's first, a month without its spend as one of nothing; null if there is none.</param>
/// <param name="Response">How revenue answers to spend; null if the months do not tell.</param>
/// <param name="Note">What is unknown, and why; null if nothing is.</param>
internal sealed record Channel(string Name, ChannelResult Result, IReadOnlyList<Earned> Earned, int Months, double? MonthlySpend, SpendResponse? Response, string? Note)
{
    // The spend a month that a suggestion starts from is the mean of so many.
    private const int LastMonths = 3;

    /// <summary>From what was counted of it. Months count that are over, and began after the first order.</summary>
    internal static Channel Of(string name, IEnumerable<Acquired> acquired, IEnumerable<Earned> earned, ChannelSpend? spend, DateOnly firstOrder, DateOnly asOf)
    {
        List<Acquired> came = [.. acquired];
        var months = new SortedDictionary<DateOnly, decimal>(spend?.Of(name).Where(IsWhole).ToDictionary(m => m.Month, m => m.Money) ?? []);
        List<Earned> inMonths = [.. earned.Where(e => months.ContainsKey(e.Month))];
        var result = new ChannelResult(came, [.. came.Where(a => months.ContainsKey(a.Month))], inMonths.Sum(e => e.Revenue), months.Count == 0 ? null : months.Values.Sum());
        if (months.Count == 0)
            return new Channel(name, result, inMonths, 0, null, null, spend is null
                ? "spend is unknown: channels.spendFile names no file"
                : "spend is unknown: channels.spendFile has no whole month of this channel in the time of the orders");
        var revenues = inMonths.GroupBy(e => e.Month).ToDictionary(g => g.Key, g => g.Sum(e => e.Revenue));
        var last = spend!.Months.Where(IsWhole).Max(m => m.Month);
        var monthly = (double)Enumerable.Range(0, LastMonths).Select(ago => last.AddMonths(-ago)).Where(month => month >= months.Keys.First()).Average(month => months.GetValueOrDefault(month));
        var (response, reason) = monthly > 0
            ? SpendResponse.Fit([.. months.Select(m => ((double)m.Value, (double)revenues.GetValueOrDefault(m.Key)))])
            : (null, string.Create(CultureInfo.InvariantCulture, $"nothing was spent in the last {LastMonths} months"));
        return new Channel(name, result, inMonths, months.Count, monthly, response, reason is null ? null : "no budget is suggested: " + reason);

        bool IsWhole(MonthlySpend month) => month.Month >= firstOrder && month.Month.AddMonths(1) <= asOf.AddDays(1);
    }

    /// <summary>By segment of the customers.</summary>
    internal IEnumerable<(string? Segment, ChannelResult Result)> Parts() => Result.Acquired.Select(a => a.Segment).Concat(Earned.Select(e => e.Segment)).Distinct().Order(StringComparer.Ordinal)
        .Select(segment => ((string?)segment, Result.Part(a => a.Segment == segment, Earned.Where(e => e.Segment == segment).Sum(e => e.Revenue))));
}
