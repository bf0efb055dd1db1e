using RfmSpark.Report.Charts;
using RfmSpark.Report.Data;
using RfmSpark.Report.Html;

namespace RfmSpark.Report.Sections;

/// <summary>The segments of the legend: how large, how valuable, and what is done with them.</summary>
internal static class SegmentsMap
{
    internal static Section Of(RunTables tables)
    {
        var numbers = tables.Numbers;
        var segments = tables.Of("rfm");
        // By persona, customers of one segment are treated in many ways, and the most common of them is no advice for the segment.
        var actions = tables.IsByPersona ? null
            : tables.Groups.GroupBy(g => g.Segment).ToDictionary(g => g.Key,
                g => g.GroupBy(c => c.Action).OrderByDescending(a => a.Sum(c => c.Customers)).ThenBy(a => a.Key, StringComparer.Ordinal).First().Key);
        var chart = new TreeMap("Customers", NumberFormat.Count, "Revenue per customer", NumberFormat.Money,
            [.. segments.Select(s => new TreeItem(s.Segment, s.Customers, (double)s.Revenue / s.Customers))]);
        var table = new HtmlTable("Segments",
            ["Segment", "Customers", "Share", "Revenue", "Share of revenue", "Days since last order (median)", "Orders (median)",
                "Average order", "CLV, 12 months", "Revenue at risk", .. actions is null ? Array.Empty<HtmlColumn>() : [HtmlColumn.Words("Most common action")]],
            [.. segments.Select(s => (IReadOnlyList<string>)[s.Segment, Numbers.Count(s.Customers), Numbers.Percent(s.Share), numbers.Money(s.Revenue),
                Numbers.Percent(s.RevenueShare), Numbers.Median(s.RecencyMedian), Numbers.Median(s.FrequencyMedian),
                numbers.Money(s.AverageOrderValue), numbers.Money(s.Clv12), numbers.Money(s.RevenueAtRisk),
                .. actions is null ? Array.Empty<string>() : [actions.GetValueOrDefault(s.Segment, Numbers.Unknown)]])]);
        var largest = segments[0];
        return new Section("segments", "Segments",
            $"The largest segment is {largest.Segment}, with {Numbers.Percent(largest.Share)} of the customers. "
                + $"A field is as large as its segment has customers, and shaded by what they have spent each.",
            new Figure("segments-map", chart, $"Map of {segments.Count} segments by customers; the largest is {largest.Segment}.", table));
    }
}
