using RfmSpark.Engine;

namespace RfmSpark.Report.Data;

/// <summary>A metric of a segment on some day: a row of <c>segment_metrics</c>. A segment of null is all customers.</summary>
internal sealed record MetricPoint(DateOnly Day, string Scheme, string? Segment, string Metric, double? Value, long? Customers)
{
    /// <summary>Those of every day in the table <paramref name="history"/>.</summary>
    internal static IReadOnlyList<MetricPoint> ReadHistory(IEngine engine, string history) => engine.Read(Sql.Inline($"""
        SELECT as_of, scheme, segment, metric, value, customers
        FROM {history}
        ORDER BY as_of NULLS FIRST, scheme NULLS FIRST, metric NULLS FIRST, segment NULLS FIRST
        """), row => new MetricPoint(row.Date(0), row.Text(1)!, row.Text(2), row.Text(3)!, row.DoubleOrNull(4), row.LongOrNull(5)));
}
