using System.Globalization;
using RfmSpark.Report.Charts;
using RfmSpark.Report.Data;
using RfmSpark.Report.Html;

namespace RfmSpark.Report.Sections;

/// <summary>Customers by recency and frequency score.</summary>
internal static class RfmGrid
{
    internal static Section Of(RunTables tables)
    {
        var numbers = tables.Numbers;
        var bins = (int)tables.Run.Number("rfm.bins");
        var cells = tables.Groups.GroupBy(g => (g.R, g.F))
            .Select(g => (g.Key.R, g.Key.F, Customers: g.Sum(c => c.Customers), Revenue: g.Sum(c => c.Revenue)))
            .OrderByDescending(c => c.R).ThenByDescending(c => c.F).ToList();
        string[] scores = [.. Enumerable.Range(1, bins).Select(s => s.ToString(CultureInfo.InvariantCulture))];
        var best = cells.Where(c => c.R == bins && c.F == bins).Select(c => c.Customers).FirstOrDefault();
        var chart = new HeatMap("Recency score", "Frequency score", scores, scores,
        [
            new HeatView("Customers", NumberFormat.Count, [.. cells.Select(c => new double[] { c.R - 1, c.F - 1, c.Customers })]),
            new HeatView("Revenue", NumberFormat.Money, [.. cells.Select(c => new double[] { c.R - 1, c.F - 1, (double)c.Revenue })]),
        ]);
        return new Section("rfm-grid", "Recency and frequency",
            $"Each customer has a score for how lately and one for how often, 1 to {scores[^1]}. "
                + $"At the top right are those who bought lately and often: {Numbers.Count(best)} customers have both best scores.",
            new Figure("grid", chart, $"Heat map of customers by recency score and frequency score; {Numbers.Count(best)} have both best scores.",
                new HtmlTable("Customers and revenue by recency and frequency score", ["Recency, frequency", "Customers", "Revenue"],
                    [.. cells.Select(c => (IReadOnlyList<string>)[$"{c.R}, {c.F}", Numbers.Count(c.Customers), numbers.Money(c.Revenue)])])));
    }
}
