namespace RfmSpark.Channels;

/// <summary>Customers who came through one channel in one month; of their revenue, <paramref name="Margin"/> is money too.</summary>
internal sealed record Acquired(string Channel, DateOnly Month, string Segment, string? Tier, long Customers, decimal Revenue, decimal Margin, decimal? Clv);

/// <summary>What came in through one channel in one month.</summary>
internal sealed record Earned(string Channel, DateOnly Month, string Segment, decimal Revenue);

/// <summary>What a channel, or a segment of those who came through it, has brought and cost.</summary>
/// <param name="Acquired">The customers who came through it, at any time.</param>
/// <param name="AcquiredInMonths">Those of them who came in the months with spend.</param>
/// <param name="RevenueInMonths">What came in through the channel in those months, of whomever.</param>
/// <param name="Spend">What was spent in those months; null if unknown.</param>
internal sealed record ChannelResult(IReadOnlyList<Acquired> Acquired, IReadOnlyList<Acquired> AcquiredInMonths, decimal RevenueInMonths, decimal? Spend)
{
    internal long Customers => Acquired.Sum(a => a.Customers);

    internal long NewCustomers => AcquiredInMonths.Sum(a => a.Customers);

    internal decimal Revenue => Acquired.Sum(a => a.Revenue);

    /// <summary>Null if no customer has one.</summary>
    internal decimal? Clv => Acquired.Any(a => a.Clv is not null) ? Acquired.Sum(a => a.Clv) : null;

    internal decimal? Roas => Spend > 0 ? RevenueInMonths / Spend : null;

    internal decimal? Cac => NewCustomers > 0 ? Spend / NewCustomers : null;

    /// <summary>What those who came in the months have brought and will bring in 12 months, for each unit spent on them.</summary>
    internal decimal? ClvToCac => Spend > 0 && NewCustomers > 0 ? Worth / Spend : null;

    /// <summary>Margin of what those who came in the months have brought so far, and their clv_12m.</summary>
    internal decimal Worth => AcquiredInMonths.Sum(a => a.Margin + (a.Clv ?? 0));

    /// <summary>The part of it that <paramref name="isPart"/> names; spend goes by the customers who came, each having cost the same.</summary>
    internal ChannelResult Part(Func<Acquired, bool> isPart, decimal revenueInMonths)
    {
        List<Acquired> inMonths = [.. AcquiredInMonths.Where(isPart)];
        return new ChannelResult([.. Acquired.Where(isPart)], inMonths, revenueInMonths, Cac * inMonths.Sum(a => a.Customers));
    }
}
