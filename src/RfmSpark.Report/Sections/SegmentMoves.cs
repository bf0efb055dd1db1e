using RfmSpark.Rfm;
using RfmSpark.Report.Charts;
using RfmSpark.Report.Data;
using RfmSpark.Report.Html;

namespace RfmSpark.Report.Sections;

/// <summary>Who moved from where to where, and whom to call first.</summary>
internal static class SegmentMoves
{
    // A stream thinner than this share of the customers is no line that one can follow.
    private const double Thinnest = 0.005;

    private static readonly (string Scheme, string Name)[] Schemes = [("rfm", "Segments"), ("persona", "Personas"), ("value_segment", "Value segments"), ("clv_tier", "CLV tiers")];

    internal static Section Of(RunTables tables)
    {
        var numbers = tables.Numbers;
        var rfm = tables.Movements.Where(m => m.Scheme == "rfm").ToList();
        var stayed = rfm.Where(m => m.From == m.To).Sum(m => m.Customers);
        var known = rfm.Where(m => m.From != NoSegment.New).Sum(m => m.Customers);
        if (tables.MovementStart is not { } start || known == 0)
        {
            return Section.Without("migration", "Migration", "Nobody had bought one migration.lookback ago; orders over a longer time fill this.") with
            {
                Parts = tables.Warnings.Customers > 0 ? [Warnings(tables.Warnings, numbers)] : [],
            };
        }
        var (then, now) = (Numbers.Day(start.Day), Numbers.Day(tables.Run.Day));
        var views = Schemes.Where(s => tables.Movements.Any(m => m.Scheme == s.Scheme)).Select(s => new FlowView(s.Name, Links([.. tables.Movements.Where(m => m.Scheme == s.Scheme)]))).ToList();
        var came = rfm.Where(m => m.From == NoSegment.New).Sum(m => m.Customers);
        var origin = start.IsPublished
            ? "The earlier day is the run published as of it."
            : "The earlier day was worked out from the orders by the rules of this run, since no run of that day is published.";
        return new Section("migration", "Migration",
            $"Of {Words.Of(known, "customer")} as of {then}, {Numbers.Percent(stayed / (double)known)} are in the same segment as of {now}; "
                + $"{Numbers.Count(came)} {(came == 1 ? "is" : "are")} new. {origin}",
            new Figure("migration-flows", new Flows(then, now, views), $"Streams of customers from their segment as of {then} on the left to that as of {now} on the right.", Matrix(rfm)),
            Warnings(tables.Warnings, numbers));
    }

    private static List<Flow> Links(List<Movement> moves)
    {
        var all = moves.Sum(m => m.Customers);
        return [.. moves.Where(m => m.Customers >= Thinnest * all).OrderByDescending(m => m.Customers).Select(m => new Flow(m.From, m.To, m.Customers))];
    }

    private static HtmlTable Matrix(List<Movement> moves)
    {
        var from = Ordered(moves.Select(m => m.From), NoSegment.New);
        var to = Ordered(moves.Select(m => m.To), NoSegment.LostToView);
        var cells = moves.ToDictionary(m => (m.From, m.To), m => m.Customers);
        return new HtmlTable("Customers by segment before (rows) and now (columns)", ["From", .. to, "All"],
            [.. from.Select(f => (IReadOnlyList<string>)[f, .. to.Select(t => cells.TryGetValue((f, t), out var customers) ? Numbers.Count(customers) : ""),
                Numbers.Count(moves.Where(m => m.From == f).Sum(m => m.Customers))])]);
    }

    private static List<string> Ordered(IEnumerable<string> segments, string last) => [.. segments.Distinct().OrderBy(s => s == last).ThenBy(s => s, StringComparer.Ordinal)];

    private static Markup Warnings(EarlyWarnings warnings, Numbers numbers)
    {
        if (warnings.Customers == 0) return Markup.Of($"<p>No customer of a good segment has come into one at risk since the day compared with.</p>\n");
        var table = new HtmlTable("Early warnings, the most valuable first", ["Customer", HtmlColumn.Words("From"), HtmlColumn.Words("To"), "CLV, 12 months", "Revenue at risk"],
            [.. warnings.Most.Select(w => (IReadOnlyList<string>)[w.Id, w.From, w.To, numbers.Money(w.Clv12), numbers.Money(w.RevenueAtRisk)])]);
        return Markup.Of($"""
            <h3>Early warnings</h3>
            <p>{Words.Of(warnings.Customers, "customer")} came from a good segment into one at risk since {Numbers.Day(warnings.Since)}{(warnings.RevenueAtRisk is not > 0 ? "" : $", with {numbers.RoundMoney(warnings.RevenueAtRisk)} of last year's revenue at risk")}. All are in the table segment_changes.</p>
            {table.Folded(warnings.Most.Count < warnings.Customers ? $"The {Numbers.Count(warnings.Most.Count)} with most to lose" : "Who they are")}
            """);
    }
}
