using RfmSpark.Engine;
using RfmSpark.Settings;

namespace RfmSpark.Rfm;

/// <summary>Gives each customer the segments of its scores.</summary>
public static class Segments
{
    /// <summary>Makes <c>segmented_customers</c> and <c>segment_summary</c>; <paramref name="tierCuts"/> are the values of clv_12m above which the second, third and fourth tier begin.</summary>
    public static void Make(IEngine engine, Legend legend, IReadOnlyList<OverallSegment> overall, WeightsConfig weights, IReadOnlyList<decimal> tierCuts, DateOnly asOf)
    {
        engine.Put(WorkTables.LegendCells, legend.Cells, (cell, row) =>
        {
            row.Long(cell.R);
            row.Long(cell.F);
            row.Long(cell.M);
            row.Text(cell.ToString());
            row.Decimal((weights.Recency * cell.R) + (weights.Frequency * cell.F) + (weights.Monetary * cell.M));
            row.Text(legend.SegmentOf(cell));
        });
        engine.Put(WorkTables.OverallSegments, overall, (segment, row) =>
        {
            row.Long(segment.Score);
            row.Text(segment.ValueSegment);
            row.Text(segment.SubSegment);
        });
        engine.Create(WorkTables.SegmentedCustomers, Sql.Of("segmented_customers").With("as_of", asOf).With("tier_cuts", tierCuts));
        engine.Create(Tables.SegmentSummary, Sql.Of("segment_summary").With("as_of", asOf));
    }
}
