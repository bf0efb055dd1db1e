using RfmSpark.Engine;
using RfmSpark.Settings;

namespace RfmSpark.Channels;

/// <summary>What channels bring, what they cost, and where the next money should go.</summary>
public static class ChannelPerformance
{
    /// <summary>
    /// Keeps <c>channel_performance</c>; empty if the orders name no channel. <paramref name="spend"/> is null if it is unknown. Months count in which orders were seen from the first day to
    /// the last.
    /// </summary>
    public static ChannelsMade Make(IEngine engine, ChannelsConfig config, ChannelSpend? spend, bool haveChannels, DateOnly firstOrder, DateOnly asOf)
    {
        if (!haveChannels)
        {
            engine.Put(Tables.ChannelPerformance, Array.Empty<string>(), (_, _) => { });
            return new ChannelsMade(new Dictionary<string, decimal>(), []);
        }
        engine.Create(ChannelTables.CustomerChannels, Sql.Of("customer_channels"));
        var acquired = engine.Read(Sql.Of("acquired_customers"),
            row => new Acquired(row.Text(0)!, row.Date(1), row.Text(2)!, row.Text(3), row.Long(4), row.Decimal(5), row.Decimal(6), row.IsNull(7) ? null : row.Decimal(7)))
            .ToLookup(a => a.Channel, StringComparer.OrdinalIgnoreCase);
        var earned = engine.Read(Sql.Of("channel_months").With("as_of", asOf),
            row => new Earned(row.Text(0)!, row.Date(1), row.Text(2)!, row.Decimal(3)))
            .ToLookup(e => e.Channel, StringComparer.OrdinalIgnoreCase);
        engine.Drop(ChannelTables.CustomerChannels);

        // As the orders spell it: of several spellings one that no order of the rows decides; as the file of spend does only if no order came.
        var names = earned.SelectMany(e => e).Select(e => e.Channel).Order(StringComparer.Ordinal).Concat(spend?.Channels ?? [])
            .Distinct(StringComparer.OrdinalIgnoreCase).Order(StringComparer.Ordinal);
        var channels = names.Select(name => Channel.Of(name, acquired[name], earned[name], spend, firstOrder, asOf)).ToList();
        var funded = channels.Where(c => c.Response is not null).ToList();
        var suggested = funded
            .Zip(BudgetShift.Suggest(
                [.. funded.Select(c => new FundedChannel(c.MonthlySpend!.Value, (double)c.Result.Roas!, c.Response!))],
                (double)config.TargetRoas,
                (double)config.LargestShift))
            .ToDictionary(c => c.First.Name, c => c.Second);
        Put(engine, channels, suggested, asOf);

        var unknown = spend?.Channels.Where(c => !earned.Contains(c)).ToList() ?? [];
        return new ChannelsMade(RoiByTier(channels),
            unknown.Count == 0 ? [] : [$"channels: channels.spendFile has {Samples.Of(unknown)}, through which no order came"]);
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
            row.Long(channel.Months);
            row.DecimalOrNull(result.Spend);
            row.DecimalOrNull(channel.Months == 0 ? null : result.RevenueInMonths);
            row.DoubleOrNull((double?)result.Roas);
            row.LongOrNull(channel.Months == 0 ? null : result.NewCustomers);
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
}

/// <summary>What else is known of channels by now.</summary>
/// <param name="RoiByTier">Tier → (what those who came for known spend have brought and will bring in 12 months, as margin) / that spend − 1.</param>
/// <param name="Warnings">Warnings for the log.</param>
public sealed record ChannelsMade(IReadOnlyDictionary<string, decimal> RoiByTier, IReadOnlyList<string> Warnings);
