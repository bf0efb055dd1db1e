using RfmSpark.Engine;
using RfmSpark.Settings;

namespace RfmSpark.Prices;

/// <summary>How segments answer to prices and discounts.</summary>
public static class PriceSensitivity
{
    /// <summary>Keeps <c>price_sensitivity</c>: what the orders can tell, and of the rest why they cannot.</summary>
    public static void Make(IEngine engine, OrdersConfig orders, DateOnly asOf)
    {
        var (haveDiscounts, havePrices) = (orders.Columns.ContainsKey("discount"), orders.Columns.ContainsKey("product") && orders.Columns.ContainsKey("quantity"));
        var discounts = haveDiscounts
            ? engine.Read(Sql.Of("discounted_orders").With("as_of", asOf),
                row => new Discounts(row.Text(0), row.Long(1), row.Long(2), row.Long(3), row.Double(4), row.Double(5)))
                .ToDictionary(d => d.Segment ?? "")
            : [];
        // A blank is no discount; a column of nothing but blanks tells nothing of any.
        if (discounts.Values.All(d => d.TellingLines == 0)) discounts.Clear();
        var prices = havePrices
            ? engine.Read(Sql.Of("price_sums").With("as_of", asOf),
                row => (Segment: row.Text(0) ?? "", Sums: new PriceElasticity(row.Long(1), row.Long(2), row.Long(3), row.Double(4), row.Double(5), row.Double(6))))
                .ToDictionary(p => p.Segment, p => p.Sums)
            : [];
        var segments = engine.Read(Sql.Inline("SELECT segment FROM segment_summary WHERE scheme = 'rfm' ORDER BY segment NULLS LAST"), row => row.Text(0)!);
        engine.Put(Tables.PriceSensitivity, segments.Prepend(null), (segment, row) =>
        {
            var elasticity = prices.GetValueOrDefault(segment ?? "", new PriceElasticity(0, 0, 0, 0, 0, 0));
            var discount = discounts.GetValueOrDefault(segment ?? "");
            row.Date(asOf);
            row.Text(segment);
            row.LongOrNull(discount?.Orders);
            row.DoubleOrNull(discount?.Share);
            row.DoubleOrNull(discount?.Depth);
            row.LongOrNull(havePrices ? elasticity.Lines : null);
            row.LongOrNull(havePrices ? elasticity.MovingProducts : null);
            row.DoubleOrNull(elasticity.Value);
            row.DoubleOrNull(elasticity.StandardError);
            row.Text(Note(haveDiscounts, discount is not null, havePrices, elasticity));
        });
    }

    private static string? Note(bool haveDiscounts, bool knowDiscounts, bool havePrices, PriceElasticity elasticity)
    {
        var notes = new[]
        {
            knowDiscounts ? null
                : haveDiscounts ? "discounts are unknown: no line up to this day has a number in the column of orders.columns.discount"
                : "discounts are unknown: orders.columns.discount names no column",
            havePrices ? elasticity.Note() : "no elasticity: orders.columns names no product or no quantity",
        }.OfType<string>().ToList();
        return notes.Count == 0 ? null : string.Join("; ", notes);
    }

    private sealed record Discounts(string? Segment, long Orders, long Discounted, long TellingLines, double Paid, double TakenOff)
    {
        internal double Share => (double)Discounted / Orders;

        internal double? Depth => TakenOff > 0 ? TakenOff / (Paid + TakenOff) : null;
    }
}
