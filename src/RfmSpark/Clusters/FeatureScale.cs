using RfmSpark.Engine;
using RfmSpark.Rfm;
using RfmSpark.Settings;

namespace RfmSpark.Clusters;

/// <summary>
/// How one feature is scaled: capped to [Low, High], put through ln(1 + x) if <paramref name="Logarithm"/>, then (x − Centre) / Width. All four come from the
/// distribution of the capped feature over the customers, so a customer is scaled the same wherever it lies.
/// </summary>
/// <param name="Feature">The feature.</param>
/// <param name="Logarithm">Whether the logarithm is taken; values below zero count as zero then.</param>
/// <param name="Low">The lower cap, in the feature's units.</param>
/// <param name="High">The upper cap.</param>
/// <param name="Centre">What is taken away: the mean, or an end of the range.</param>
/// <param name="Width">What is divided by: the standard deviation, or the range (below zero where the scale is turned round); 1 for a constant feature, which is 0 for everyone.</param>
/// <param name="Capped">The share of customers outside the caps.</param>
public sealed record FeatureScale(Feature Feature, bool Logarithm, double Low, double High, double Centre, double Width, double Capped)
{
    private const int Parts = 1_000_000;

    /// <summary>The greatest distance from zero that a scaled value has.</summary>
    public double Reach => Math.Max(Math.Abs(Scaled(Low)), Math.Abs(Scaled(High)));

    /// <summary>The least scaled value.</summary>
    public double Least => Math.Min(Scaled(Low), Scaled(High));

    /// <summary>The greatest scaled value.</summary>
    public double Greatest => Math.Max(Scaled(Low), Scaled(High));

    /// <summary>Finds the scale of a feature.</summary>
    public static FeatureScale Of(Feature feature, ValueCounts values, ClustersConfig config)
    {
        var (low, high) = config.Winsorize is [var from, var to]
            ? ((double)values.QuantileOf((int)(from * Parts), Parts), (double)values.QuantileOf((int)(to * Parts), Parts))
            : ((double)values.Values[0], (double)values.Values[^1]);
        var scale = new FeatureScale(feature, config.Scaling == Scaling.LogZScore, low, high, 0, 1, 0);
        var (capped, sum, squares) = (0L, 0.0, 0.0);
        for (var i = 0; i < values.Values.Count; i++)
        {
            var value = (double)values.Values[i];
            if (value < low || value > high) capped += values.Customers[i];
            sum += values.Customers[i] * scale.Scaled(value);
        }
        var mean = sum / values.Total;
        for (var i = 0; i < values.Values.Count; i++)
        {
            var difference = scale.Scaled((double)values.Values[i]) - mean;
            squares += values.Customers[i] * difference * difference;
        }
        var (centre, width) = config.Scaling == Scaling.MinMax
            ? feature == Feature.Recency ? (high, low - high) : (low, high - low)
            : (mean, Math.Sqrt(squares / values.Total));
        if (low == high) (centre, width) = (scale.Scaled(low), 1);
        return scale with { Centre = centre, Width = width == 0 ? 1 : width, Capped = (double)capped / values.Total };
    }

    /// <summary>A value of the feature, scaled.</summary>
    public double Scaled(double value)
    {
        var capped = Math.Min(Math.Max(value, Low), High);
        return ((Logarithm ? Math.Log(1 + Math.Max(capped, 0)) : capped) - Centre) / Width;
    }

    /// <summary><see cref="Scaled(double)"/> of a SQL expression, a double.</summary>
    internal string Scaled(string value, Dialect dialect)
    {
        var capped = $"LEAST(GREATEST(CAST({value} AS DOUBLE), {dialect.Literal(Low)}), {dialect.Literal(High)})";
        return $"({(Logarithm ? $"LN(1 + GREATEST({capped}, CAST(0 AS DOUBLE)))" : capped)} - {dialect.Literal(Centre)}) / {dialect.Literal(Width)}";
    }
}
