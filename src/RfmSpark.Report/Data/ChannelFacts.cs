using RfmSpark.Engine;

namespace RfmSpark.Report.Data;

/// <summary>A channel: a row of <c>channel_performance</c> of all its customers.</summary>
internal sealed record ChannelFacts(string Channel, long Customers, decimal Revenue, decimal? Clv12, int? Months,
    decimal? Spend, double? Roas, decimal? Cac, double? ClvToCac, decimal? MonthlySpend, double? MarginalRoas, decimal? SuggestedSpend, string? Note)
{
    internal static IReadOnlyList<ChannelFacts> Read(IEngine engine) => engine.Read(Sql.Inline("""
        SELECT channel, customers, revenue, clv_12m, months, spend, roas, cac, clv_to_cac, monthly_spend, marginal_roas, suggested_spend, note
        FROM channel_performance
        WHERE segment IS NULL
        ORDER BY revenue DESC NULLS LAST, channel NULLS FIRST
        """), row => new ChannelFacts(row.Text(0)!, row.Long(1), row.Decimal(2), row.DecimalOrNull(3), (int?)row.LongOrNull(4), row.DecimalOrNull(5),
            row.DoubleOrNull(6), row.DecimalOrNull(7), row.DoubleOrNull(8), row.DecimalOrNull(9), row.DoubleOrNull(10), row.DecimalOrNull(11), row.Text(12)));
}
