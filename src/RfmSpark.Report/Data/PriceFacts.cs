using RfmSpark.Engine;

namespace RfmSpark.Report.Data;

/// <summary>How a segment answers to prices: a row of <c>price_sensitivity</c>. A segment of null is all customers.</summary>
internal sealed record PriceFacts(string? Segment, double? DiscountShare, double? DiscountDepth, long? Products, double? Elasticity, double? StandardError, string? Note)
{
    internal static IReadOnlyList<PriceFacts> Read(IEngine engine) => engine.Read(Sql.Inline("""
        SELECT segment, discount_share, discount_depth, products, elasticity, standard_error, note
        FROM price_sensitivity
        ORDER BY segment NULLS FIRST
        """), row => new PriceFacts(row.Text(0), row.DoubleOrNull(1), row.DoubleOrNull(2), row.LongOrNull(3), row.DoubleOrNull(4), row.DoubleOrNull(5), row.Text(6)));
}
