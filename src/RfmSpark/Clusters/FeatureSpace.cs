using System.Globalization;
using RfmSpark.Engine;
using RfmSpark.Rfm;
using RfmSpark.Settings;

namespace RfmSpark.Clusters;

/// <summary>
/// Where customers lie: their scaled features, kept in SQL as whole numbers x1, x2, … of 1/<see cref="Factor"/>. Sums of whole numbers are exact, so that a
/// centre is the same on every engine, in any order and for any partitioning; distances between them are taken as doubles, which lose nothing below 2^53.
/// </summary>
/// <remarks>
/// As many decimals are kept as 64-bit sums over all customers hold, at most 12. After a logarithm there are at most 8: engines may take one that differs in
/// the last bit, and a ninth decimal would show it now and then.
/// </remarks>
public sealed class FeatureSpace
{
    private const double MostOfSum = 4e18;
    private const int Decimals = 12, DecimalsOfLogarithms = 8;

    /// <param name="scales">One for each dimension.</param>
    /// <param name="customers">How many there are.</param>
    /// <param name="asOf">The day that tenure counts to.</param>
    public FeatureSpace(IReadOnlyList<FeatureScale> scales, long customers, DateOnly asOf)
    {
        Scales = scales;
        Customers = customers;
        AsOf = asOf;
        var reach = Math.Max(1, scales.Max(s => s.Reach));
        var decimals = scales[0].Logarithm ? DecimalsOfLogarithms : Decimals;
        while (customers * reach * Math.Pow(10, decimals) > MostOfSum) decimals--;
        Factor = Math.Pow(10, decimals);
    }

    /// <summary>How each dimension is scaled.</summary>
    public IReadOnlyList<FeatureScale> Scales { get; }

    /// <summary>The number of features.</summary>
    public int Dimensions => Scales.Count;

    /// <summary>All customers.</summary>
    public long Customers { get; }

    /// <summary>The day that the run looks from.</summary>
    public DateOnly AsOf { get; }

    /// <summary>Whole numbers a unit of a scaled feature.</summary>
    public double Factor { get; }

    /// <summary>The space of the features that the settings name.</summary>
    public static FeatureSpace Of(IEngine engine, ClustersConfig config, ScoresMade scores, DateOnly asOf) => new(
        [.. FeatureValues.Parse(config.Features).Select(f => FeatureScale.Of(f, f.Counts(engine, scores, asOf), config))], scores.Recency.Total, asOf);

    /// <summary>The same space, seen from another day.</summary>
    public FeatureSpace From(DateOnly day) => new(Scales, Customers, day);

    /// <summary>A place in scaled features, as whole numbers.</summary>
    public long[] Whole(double[] place) => [.. place.Select(x => (long)Math.Round(x * Factor, MidpointRounding.AwayFromZero))];

    /// <summary>Whole numbers as a place in scaled features.</summary>
    public double[] Place(long[] whole) => [.. whole.Select(x => x / Factor)];

    /// <summary>A piece of SQL for each dimension, <c>#</c> standing for its number from 1.</summary>
    internal SqlExpression Each(string text, string separator = ", ") => new(_ => Joined(text, separator));

    /// <summary>The customers' x1, x2, … from <c>customer_scores</c>.</summary>
    internal SqlExpression Features() => new(dialect => string.Join(", ", Scales.Select((scale, i) =>
        string.Create(CultureInfo.InvariantCulture, $"CAST(FLOOR({scale.Scaled(scale.Feature.Expression(AsOf, dialect), dialect)} * {dialect.Literal(Factor)} + 0.5) AS BIGINT) AS x{i + 1}"))));

    private string Joined(string text, string separator) =>
        string.Join(separator, Enumerable.Range(1, Dimensions).Select(d => text.Replace("#", d.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)));
}
