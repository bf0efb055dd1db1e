using RfmSpark.Numerics;
using RfmSpark.Settings;

namespace RfmSpark.Rfm;

/// <summary>
/// The cut points of one measure. A value's place is the number of cuts that it is above. A cut is the greatest value that the measure can have below the edge (or a
/// threshold of the configuration), so that comparing with it is exact on every engine, and customers of another day, whose values need not occur on this one, are scored
/// by the edges that are told.
/// </summary>
/// <param name="Edges">The edges between the scores as people expect to read them: interpolated quantiles, or the thresholds.</param>
/// <param name="Cuts">Between the scores: one fewer than there are bins, never falling.</param>
/// <param name="QuartileEdges">The edges between the quartiles, as <paramref name="Edges"/>.</param>
/// <param name="Quartiles">Between the quartiles: three.</param>
/// <param name="Breaks">Between the natural classes: three, or fewer if there are fewer than four values.</param>
/// <param name="Least">The least value.</param>
/// <param name="Greatest">The greatest value.</param>
public sealed record ScoreCuts(
    IReadOnlyList<decimal> Edges, IReadOnlyList<decimal> Cuts, IReadOnlyList<decimal> QuartileEdges, IReadOnlyList<decimal> Quartiles, IReadOnlyList<decimal> Breaks, decimal Least, decimal Greatest)
{
    /// <summary>The classes of the overall score for each measure: 0 to 3.</summary>
    public const int NaturalClasses = 4;

    /// <summary>Finds the cuts of a measure's values, all of which are multiples of <paramref name="unit"/>.</summary>
    public static ScoreCuts Of(ValueCounts values, decimal unit, RfmConfig config, IReadOnlyList<decimal> thresholds)
    {
        var quantiles = Enumerable.Range(1, config.Bins - 1).Select(i => values.QuantileOf(i, config.Bins)).ToList();
        var quartiles = Enumerable.Range(1, 3).Select(i => values.QuantileOf(i, 4)).ToList();
        var byThreshold = thresholds.Count > 0;
        var (starts, _) = NaturalBreaks.Split([.. values.Values.Select(v => (double)v)], values.Customers, NaturalClasses);
        return new ScoreCuts(
            byThreshold ? thresholds : [.. quantiles.Select(q => Edge(q, config.Edges))],
            byThreshold ? thresholds : [.. quantiles.Select(q => Cut(q, unit, config.Edges))],
            [.. quartiles.Select(q => Edge(q, config.Edges))],
            [.. quartiles.Select(q => Cut(q, unit, config.Edges))],
            [.. starts.Select(start => values.Values[start - 1])],
            values.Values[0], values.Values[^1]);
    }

    // A bin holds its upper edge; where edges are one above the quantile, as the R package rfm has them, it does not.
    private static decimal Cut(decimal quantile, decimal unit, BinEdges edges) => edges switch
    {
        BinEdges.QuantilePlusOne => (Math.Ceiling((quantile + 1) / unit) - 1) * unit,
        _ => Math.Floor(quantile / unit) * unit,
    };

    private static decimal Edge(decimal quantile, BinEdges edges) => edges == BinEdges.QuantilePlusOne ? quantile + 1 : quantile;
}
