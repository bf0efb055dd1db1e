using RfmSpark.Engine;

namespace RfmSpark.Report.Data;

/// <summary>A segment of some scheme on some day: a row of <c>segment_summary</c>.</summary>
internal sealed record SegmentFacts(DateOnly Day, string Scheme, string Segment, string? Part, long Customers, double Share, decimal Revenue, double? RevenueShare,
    double RecencyMedian, double FrequencyMean, double FrequencyMedian, decimal MonetaryMedian, decimal AverageOrderValue, double RepeatRate, double? AliveShare,
    decimal? Clv3, decimal? Clv12, decimal? Clv12Low, decimal? Clv12High, decimal? RevenueAtRisk)
{
    private const string Columns = """
        as_of, scheme, segment, part, customers, share, revenue, revenue_share, recency_median, frequency_mean, frequency_median, monetary_median, avg_order_value, repeat_rate, p_alive,
        clv_3m, clv_12m, clv_12m_total_low, clv_12m_total_high, revenue_at_risk
        """;

    /// <summary>The segments of the day.</summary>
    internal static IReadOnlyList<SegmentFacts> Read(IEngine engine) =>
        engine.Read(Sql.Inline($"SELECT {Columns} FROM segment_summary ORDER BY scheme NULLS FIRST, customers DESC NULLS LAST, segment NULLS FIRST, part NULLS FIRST"), Of);

    /// <summary>The rfm segments of every day in the table <paramref name="history"/>.</summary>
    internal static IReadOnlyList<SegmentFacts> ReadHistory(IEngine engine, string history) =>
        engine.Read(Sql.Inline($"SELECT {Columns} FROM {history} WHERE scheme = 'rfm' ORDER BY as_of NULLS FIRST, segment NULLS FIRST"), Of);

    private static SegmentFacts Of(IRow row) => new(row.Date(0), row.Text(1)!, row.Text(2)!, row.Text(3), row.Long(4), row.Double(5), row.Decimal(6), row.DoubleOrNull(7),
        row.Double(8), row.Double(9), row.Double(10), row.Decimal(11), row.Decimal(12), row.Double(13), row.DoubleOrNull(14),
        row.DecimalOrNull(15), row.DecimalOrNull(16), row.DecimalOrNull(17), row.DecimalOrNull(18), row.DecimalOrNull(19));
}
