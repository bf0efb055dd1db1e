using RfmSpark.Engine;
using RfmSpark.Rfm;
using RfmSpark.Settings;

namespace RfmSpark.Segmentation;

/// <summary>Gives each customer the segments of its scores.</summary>
public static class Segments
{
    /// <summary>Makes <c>segmented_customers</c> and <c>segment_summary</c>; <paramref name="tierCuts"/> are the values of clv_12m above which the second, third and fourth tier begin.</summary>
    public static void Make(IEngine engine, Legend legend, IReadOnlyList<OverallSegment> overall, WeightsConfig weights, IReadOnlyList<decimal> tierCuts, bool haveStores, DateOnly asOf)
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
        if (haveStores) engine.Create(WorkTables.CustomerStores, Sql.Of("customer_stores").With("as_of", asOf));
        else engine.Put(WorkTables.CustomerStores, Array.Empty<string>(), (_, _) => { });
        // Only what is grouped by can be asked whether it is.
        engine.Create(Tables.SegmentSummary, Sql.Of("segment_summary").With("as_of", asOf).With("store_sets", Text(haveStores ? ", (store), (store, segment)" : ""))
            .With("is_of_store", Text(haveStores ? "GROUPING(store) = 0" : "FALSE")).With("store", Text(haveStores ? "store" : "NULL")));
        engine.Drop(WorkTables.CustomerStores);
    }

    private static SqlExpression Text(string text) => new(_ => text);
}
