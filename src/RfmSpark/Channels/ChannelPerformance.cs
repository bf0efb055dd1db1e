using System.Globalization;
using RfmSpark.Engine;
using RfmSpark.Settings;

namespace RfmSpark.Channels;

/// <summary>What channels bring, what they cost, and where the next money should go.</summary>
public static class ChannelPerformance
{
    // The spend a month that a suggestion starts from is the mean of the last ones.
    private const int LastMonths = 3;

    /// <summary>
    /// Keeps <c>channel_performance</c>; empty if the orders name no channel. <paramref name="spend"/> is null if it is unknown. Months count in which orders were seen from the first day to
    /// the last.
    /// </summary>
    public static ChannelsMade Make(IEngine engine, ChannelsConfig config, ChannelSpend? spend, bool haveChannels, decimal margin, DateOnly firstOrder, DateOnly asOf)
    {
        if (!haveChannels)
        {
            engine.Put(Tables.ChannelPerformance, Array.Empty<string>(), (_, _) => { });
            return new ChannelsMade(new Dictionary<string, decimal>(), []);
        }
        engine.Create(ChannelTables.CustomerChannels, Sql.Of("customer_channels"));
        var acquired = engine.Read(Sql.Of("acquired_customers"), row => new Acquired(row.Text(0)!, row.Date(1), row.Text(2)!, row.Text(3), row.Long(4), row.Decimal(5), row.IsNull(6) ? null : row.Decimal(6))).ToLookup(a => a.Channel, StringComparer.OrdinalIgnoreCase);
        var earned = engine.Read(Sql.Of("channel_months").With("as_of", asOf), row => new Earned(row.Text(0)!, row.Date(1), row.Text(2)!, row.Decimal(3))).ToLookup(e => e.Channel, StringComparer.OrdinalIgnoreCase);
        engine.Drop(ChannelTables.CustomerChannels);

        var names = acquired.Select(a => a.Key).Concat(earned.Select(e => e.Key)).Concat(spend?.Channels ?? []).Distinct(StringComparer.OrdinalIgnoreCase).Order(StringComparer.Ordinal);
        var channels = names.Select(name => Channel.Of(name, acquired[name], earned[name], spend, margin, firstOrder, asOf)).ToList();
        var funded = channels.Where(c => c.Response is not null).ToList();
        var suggested = funded.Zip(BudgetShift.Suggest([.. funded.Select(c => new FundedChannel(c.MonthlySpend!.Value, (double)c.Result.Roas!, c.Response!))], (double)config.TargetRoas, (double)config.LargestShift)).ToDictionary(c => c.First.Name, c => c.Second);
        Put(engine, channels, suggested, asOf);

        var unknown = spend?.Channels.Where(c => !acquired.Contains(c) && !earned.Contains(c)).ToList() ?? [];
        return new ChannelsMade(RoiByTier(channels),
            unknown.Count == 0 ? [] : [$"channels: channels.spendFile has {string.Join(", ", unknown.Take(3))}{(unknown.Count > 3 ? $" and {unknown.Count - 3} more" : "")}, through which no order came"]);
    }

    private static void Put(IEngine engine, IReadOnlyList<Channel> channels, Dictionary<string, double> suggested, DateOnly asOf)
    {
        var total = suggested.Values.Sum();
        var rows = channels.SelectMany(c => c.Parts().Prepend((Segment: null, c.Result)), (channel, part) => (Channel: channel, part.Segment, part.Result));
        engine.Put(Tables.ChannelPerformance, rows, (made, row) =>
        {
            var (channel, segment, result) = made;
            var isWhole = segment is null;
            double? suggestion = isWhole && suggested.TryGetValue(channel.Name, out var money) ? money : null;
            row.Date(asOf);
            row.Text(channel.Name);
            row.Text(segment);
            row.Long(result.Customers);
            row.Decimal(result.Revenue);
            row.DecimalOrNull(result.Clv);
            row.Long(channel.Months.Count);
            row.DecimalOrNull(result.Spend);
            row.DecimalOrNull(result.Spend is null ? null : result.RevenueInMonths);
            row.DoubleOrNull((double?)result.Roas);
            row.LongOrNull(result.Spend is null ? null : result.NewCustomers);
            row.DecimalOrNull(result.Cac);
            row.DoubleOrNull((double?)result.ClvToCac);
            row.DecimalOrNull(isWhole ? (decimal?)channel.MonthlySpend : null);
            row.DoubleOrNull(suggestion is null ? null : channel.Response!.Marginal(channel.MonthlySpend!.Value));
            row.DecimalOrNull((decimal?)suggestion);
            row.DoubleOrNull(suggestion / total);
            row.Text(isWhole ? channel.Note : null);
        });
    }

    private static Dictionary<string, decimal> RoiByTier(IReadOnlyList<Channel> channels) => channels.SelectMany(c => c.Result.AcquiredInMonths).Select(a => a.Tier).OfType<string>().Distinct()
        .Select(tier => (Tier: tier, Parts: channels.Where(c => c.Result.Spend > 0 && c.Result.NewCustomers > 0).Select(c => c.Result.Part(a => a.Tier == tier, 0)).ToList()))
        .Where(t => t.Parts.Sum(p => p.Spend) > 0).ToDictionary(t => t.Tier, t => (t.Parts.Sum(p => p.Worth) / t.Parts.Sum(p => p.Spend)!.Value) - 1);

    private sealed record Channel(string Name, ChannelResult Result, IReadOnlyList<Earned> EarnedInMonths, IReadOnlySet<DateOnly> Months, double? MonthlySpend, SpendResponse? Response, string? Note)
    {
        internal static Channel Of(string name, IEnumerable<Acquired> acquired, IEnumerable<Earned> earned, ChannelSpend? spend, decimal margin, DateOnly firstOrder, DateOnly asOf)
        {
            List<Acquired> came = [.. acquired];
            var months = new SortedDictionary<DateOnly, decimal>(spend?.Months.Where(m => string.Equals(m.Channel, name, StringComparison.OrdinalIgnoreCase) && m.Month >= firstOrder && m.Month.AddMonths(1) <= asOf.AddDays(1)).ToDictionary(m => m.Month, m => m.Money) ?? []);
            List<Earned> inMonths = [.. earned.Where(e => months.ContainsKey(e.Month))];
            var result = new ChannelResult(came, [.. came.Where(a => months.ContainsKey(a.Month))], inMonths.Sum(e => e.Revenue), months.Count == 0 ? null : months.Values.Sum(), margin);
            if (months.Count == 0)
                return new Channel(name, result, inMonths, new HashSet<DateOnly>(), null, null, spend is null ? "spend is unknown: channels.spendFile names no file" : "spend is unknown: channels.spendFile has no whole month of this channel in the time of the orders");
            var revenues = inMonths.GroupBy(e => e.Month).ToDictionary(g => g.Key, g => g.Sum(e => e.Revenue));
            var monthly = (double)months.Values.TakeLast(LastMonths).Average();
            var (response, reason) = SpendResponse.Fit([.. months.Select(m => ((double)m.Value, (double)revenues.GetValueOrDefault(m.Key)))]);
            if (monthly == 0) (response, reason) = (null, string.Create(CultureInfo.InvariantCulture, $"nothing was spent in the last {LastMonths} months"));
            return new Channel(name, result, inMonths, months.Keys.ToHashSet(), monthly, response, reason is null ? null : "no budget is suggested: " + reason);
        }

        /// <summary>By segment of the customers.</summary>
        internal IEnumerable<(string? Segment, ChannelResult Result)> Parts() => Result.Acquired.Select(a => a.Segment).Concat(EarnedInMonths.Select(e => e.Segment)).Distinct().Order(StringComparer.Ordinal)
            .Select(segment => ((string?)segment, Result.Part(a => a.Segment == segment, EarnedInMonths.Where(e => e.Segment == segment).Sum(e => e.Revenue))));
    }
}

/// <summary>What else is known of channels by now.</summary>
/// <param name="RoiByTier">Tier → (what those who came for known spend have brought and will bring in 12 months, as margin) / that spend − 1.</param>
/// <param name="Warnings">Warnings for the log.</param>
public sealed record ChannelsMade(IReadOnlyDictionary<string, decimal> RoiByTier, IReadOnlyList<string> Warnings);
