using RfmSpark.Report.Charts;
using RfmSpark.Report.Data;
using RfmSpark.Report.Html;

namespace RfmSpark.Report.Sections;

/// <summary>Who waits for offers.</summary>
internal static class PriceAnswers
{
    private const string Id = "prices", Title = "Prices";
    private const double Normal95 = 1.96;

    internal static Section Of(RunTables tables)
    {
        var known = tables.Prices.Where(p => p.Segment is not null && p.Elasticity is not null).OrderBy(p => p.Elasticity).ToList();
        var discounted = tables.Prices.Any(p => p.DiscountShare is not null);
        var all = tables.Prices.FirstOrDefault(p => p.Segment is null && p.Elasticity is not null);
        if (known.Count == 0 && all is null && !discounted)
            return Section.Without(Id, Title,
                "Name the columns of product and quantity (orders.columns.product, orders.columns.quantity) to "
                    + "see how segments answer to prices, and that of the discount (orders.columns.discount) to see who buys on offer." + Why(tables));
        var table = new HtmlTable("Segments and prices", ["Segment", "Orders on discount", "Depth of discounts", "Products", "Elasticity", "Standard error", HtmlColumn.Words("Note")],
            [.. tables.Prices.Select(p => (IReadOnlyList<string>)[p.Segment ?? "All customers", Numbers.Percent(p.DiscountShare), Numbers.Percent(p.DiscountDepth),
                Numbers.Count(p.Products), Numbers.Decimals(p.Elasticity, 2), Numbers.Decimals(p.StandardError, 2), p.Note ?? ""])]);
        if (known.Count == 0)
            return new Section(Id, Title,
                all is null ? "How much of what a segment buys is on discount."
                : $"All customers together buy {Numbers.Decimals(-all.Elasticity, 2)} % less of the same product where the price is 1 % higher (standard error {Numbers.Decimals(all.StandardError, 2)}); "
                    + "no segment has lines enough to tell of it alone.",
                table);
        var most = known.Find(p => p.Elasticity + (Normal95 * p.StandardError) < 0);
        return new Section(Id, Title,
            (most is null
                ? "No segment's elasticity differs significantly from zero."
                : $"{most.Segment} answers most to prices{(known.Any(p => p != most && p.Elasticity - (Normal95 * p.StandardError) <= most.Elasticity + (Normal95 * most.StandardError))
                    ? ", though not beyond doubt"
                    : "")}: where the price is 1 % higher, it buys {Numbers.Decimals(-most.Elasticity, 2)} % less of the same product.")
                + Lesson(known),
            new Figure("prices-chart", new Bars("Own-price elasticity, with 95 % intervals", NumberFormat.Ratio, [.. known.Select(p => p.Segment!)],
                [new BarSeries("Elasticity",
                    [.. known.Select(p => p.Elasticity)],
                    [.. known.Select(p => p.Elasticity - (Normal95 * p.StandardError))],
                    [.. known.Select(p => p.Elasticity + (Normal95 * p.StandardError))])]),
                "Bars of the price elasticity of each segment with its 95 % interval.", table));
    }

    // Revenue rises with a lower price only where it sells more than as much more: below -1. Margin asks for more still.
    private static string Lesson(IReadOnlyList<PriceFacts> known)
    {
        var elastic = known.Where(p => p.Elasticity + (Normal95 * p.StandardError) < -1).Select(p => p.Segment!).ToList();
        var advice = elastic.Count == 0
            ? "A price that is 1 % lower brings more revenue only where it sells more than 1 % more, beyond doubt with no segment: a discount sells somewhat more, for less money."
            : $"A price that is 1 % lower brings more revenue where it sells more than 1 % more, beyond doubt with {Words.List(elastic)}; "
                + "whether it brings more margin is another question.";
        return $" {advice} These are prices as they were, not an experiment: what sold more in a season when it was cheap looks like an answer to the price.";
    }

    private static string Why(RunTables tables) =>
        (tables.Run.Setting("orders.columns.product") ?? tables.Run.Setting("orders.columns.discount")) is not null
        && tables.Prices.FirstOrDefault(p => p.Segment is null)?.Note is { } note
            ? $" {note}."
            : "";
}
