using RfmSpark.Numerics;
using RfmSpark.Settings;

namespace RfmSpark.Rfm;

/// <summary>
/// The cut points of one measure. A value's place is the number of cuts that it is above, so a cut is a value that occurs (or a threshold of the
/// configuration), and comparing with it is exact on every engine.
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

    /// <summary>Finds the cuts of a measure's values.</summary>
    public static ScoreCuts Of(ValueCounts values, RfmConfig config, IReadOnlyList<decimal> thresholds)
    {
        var quantiles = Enumerable.Range(1, config.Bins - 1).Select(i => values.QuantileOf(i, config.Bins)).ToList();
        var quartiles = Enumerable.Range(1, 3).Select(i => values.QuantileOf(i, 4)).ToList();
        var byThreshold = thresholds.Count > 0;
        var (starts, _) = NaturalBreaks.Split([.. values.Values.Select(v => (double)v)], values.Customers, NaturalClasses);
        return new ScoreCuts(
            byThreshold ? thresholds : [.. quantiles.Select(q => Edge(q, config.Edges))],
            byThreshold ? thresholds : [.. quantiles.Select(q => Cut(values, q, config.Edges))],
            [.. quartiles.Select(q => Edge(q, config.Edges))],
            [.. quartiles.Select(q => Cut(values, q, config.Edges))],
            [.. starts.Select(start => values.Values[start - 1])],
            values.Values[0], values.Values[^1]);
    }

    // The greatest value in the bin below the edge. No customer lies between a quantile's two neighbours, so the lower one cuts like the quantile itself.
    private static decimal Cut(ValueCounts values, Quantile quantile, BinEdges edges) => edges switch
    {
        BinEdges.QuantilePlusOne => values.GreatestBelow(quantile.Edge + 1)!.Value,
        _ => quantile.Below,
    };

    private static decimal Edge(Quantile quantile, BinEdges edges) => edges == BinEdges.QuantilePlusOne ? quantile.Edge + 1 : quantile.Edge;
}
