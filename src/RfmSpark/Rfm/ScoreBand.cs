using RfmSpark.Engine;

namespace RfmSpark.Rfm;

/// <summary>The customers of one score of one measure, and between which values they lie: how the scores of a day were cut.</summary>
/// <param name="Scheme"><c>score</c> (1 to bins), <c>quartile</c> (1 to 4) or <c>class</c> (the natural classes, 0 to 3).</param>
/// <param name="Measure"><c>recency</c>, <c>frequency</c> or <c>monetary</c>.</param>
/// <param name="Score">The score; a higher one is better, so recency's fall as the days rise.</param>
/// <param name="UpperEdge">The edge to the next band of higher values; null for the last.</param>
/// <param name="Least">The least value in the band; null if it is empty.</param>
/// <param name="Greatest">The greatest value in the band; null if it is empty.</param>
/// <param name="Customers">The customers in the band.</param>
public sealed record ScoreBand(string Scheme, string Measure, int Score, decimal? UpperEdge, decimal? Least, decimal? Greatest, long Customers)
{
    /// <summary>All bands of a measure.</summary>
    public static IEnumerable<ScoreBand> Of(string measure, ValueCounts values, ScoreCuts cuts) =>
    [
        .. Bands("score", measure, values, cuts.Cuts, cuts.Edges, first: 1),
        .. Bands("quartile", measure, values, cuts.Quartiles, cuts.QuartileEdges, first: 1),
        .. Bands("class", measure, values, cuts.Breaks, cuts.Breaks, first: 0),
    ];

    /// <summary>Keeps bands as <c>score_bands</c>.</summary>
    public static void Put(IEngine engine, IEnumerable<ScoreBand> bands, DateOnly asOf) => engine.Put(Tables.ScoreBands, bands, (band, row) =>
    {
        row.Date(asOf);
        row.Text(band.Scheme);
        row.Text(band.Measure);
        row.Long(band.Score);
        row.DecimalOrNull(band.Least);
        row.DecimalOrNull(band.Greatest);
        row.DoubleOrNull((double?)band.UpperEdge);
        row.Long(band.Customers);
    });

    private static IEnumerable<ScoreBand> Bands(string scheme, string measure, ValueCounts values, IReadOnlyList<decimal> cuts, IReadOnlyList<decimal> edges, int first)
    {
        for (var i = 0; i <= cuts.Count; i++)
        {
            var (customers, least, greatest) = values.Between(i == 0 ? null : cuts[i - 1], i == cuts.Count ? null : cuts[i]);
            var rank = measure == "recency" ? cuts.Count - i : i;
            yield return new ScoreBand(scheme, measure, first + rank, i == cuts.Count ? null : edges[i], least, greatest, customers);
        }
    }
}
