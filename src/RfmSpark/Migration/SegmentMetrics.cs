using RfmSpark.Engine;
using RfmSpark.Rfm;

namespace RfmSpark.Migration;

/// <summary>What to watch from run to run, by segment.</summary>
internal static class SegmentMetrics
{
    /// <summary>Keeps <c>segment_metrics</c>, from <c>customer_moves</c> and the return on what channels cost by tier.</summary>
    internal static void Put(IEngine engine, Legend legend, IReadOnlyDictionary<string, decimal> roiByTier, DateOnly earlier, DateOnly asOf)
    {
        var flows = engine.Read(Sql.Of("segment_flows"),
            row => new Flow(row.Text(0)!, row.Text(1)!, row.Long(2), row.Long(3), row.Long(4), row.Decimal(5),
                row.IsNull(6) ? null : row.Decimal(6), row.IsNull(7) ? null : row.Decimal(7)));
        var metrics = flows.GroupBy(f => f.From).OrderBy(g => g.Key, StringComparer.Ordinal).SelectMany(g => Of(g.Key, [.. g], legend))
            .Concat(flows.Count == 0 ? [] : Everywhere(null, flows))
            .Concat(roiByTier.OrderBy(r => r.Key, StringComparer.Ordinal).Select(r => new Metric("clv_tier", r.Key, "marketing_roi", (double)r.Value, null)));
        engine.Put(Tables.SegmentMetrics, metrics, (metric, row) =>
        {
            row.Date(asOf);
            row.Date(earlier);
            row.Text(metric.Scheme);
            row.Text(metric.Segment);
            row.Text(metric.Name);
            row.DoubleOrNull(metric.Value);
            row.LongOrNull(metric.Customers);
        });
    }

    private static IEnumerable<Metric> Of(string segment, IReadOnlyList<Flow> flows, Legend legend)
    {
        var customers = flows.Sum(f => f.Customers);
        var buyers = flows.Sum(f => f.Buyers);
        if (legend.High.Contains(segment))
            yield return new Metric("rfm", segment, "churn", (double)flows.Where(f => f.To == NoSegment.LostToView || legend.AtRisk.Contains(f.To)).Sum(f => f.Customers) / customers, customers);
        if (legend.AtRisk.Contains(segment))
        {
            yield return new Metric("rfm", segment, "reactivation_rate", (double)buyers / customers, customers);
            yield return new Metric("rfm", segment, "reactivated_order_value", OrderValue(flows), buyers);
        }
        foreach (var metric in Everywhere(segment, flows)) yield return metric;
    }

    private static IEnumerable<Metric> Everywhere(string? segment, IReadOnlyList<Flow> flows)
    {
        var (customers, buyers) = (flows.Sum(f => f.Customers), flows.Sum(f => f.Buyers));
        List<Flow> known = [.. flows.Where(f => f.ClvBefore is not null && f.ClvAfter is not null)];
        var before = known.Sum(f => f.ClvBefore);
        yield return new Metric("rfm", segment, "repeat_purchase_rate", (double)buyers / customers, customers);
        yield return new Metric("rfm", segment, "order_frequency", (double)flows.Sum(f => f.Orders) / customers, customers);
        yield return new Metric("rfm", segment, "average_order_value", OrderValue(flows), buyers);
        yield return new Metric("rfm", segment, "clv_growth", before > 0 ? (double)((known.Sum(f => f.ClvAfter) / before) - 1)! : null, known.Sum(f => f.Customers));
    }

    private static double? OrderValue(IReadOnlyList<Flow> flows) => flows.Sum(f => f.Orders) is > 0 and var orders ? (double)(flows.Sum(f => f.Spent) / orders) : null;

    private sealed record Flow(string From, string To, long Customers, long Buyers, long Orders, decimal Spent, decimal? ClvBefore, decimal? ClvAfter);

    private sealed record Metric(string Scheme, string? Segment, string Name, double? Value, long? Customers);
}
