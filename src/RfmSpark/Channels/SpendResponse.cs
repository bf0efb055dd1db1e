using System.Globalization;

namespace RfmSpark.Channels;

/// <summary>
/// How a channel's revenue of a month answers to what was spent in it: revenue = base + slope × √spend, by least squares. Of the simple concave forms it is the one without a
/// scale of its own; twice the spend brings 1.41 times as much.
/// </summary>
/// <param name="Base">Revenue without spend.</param>
/// <param name="Slope">Of √spend, above 0.</param>
public sealed record SpendResponse(double Base, double Slope)
{
    /// <summary>Months without which no curve is told from chance.</summary>
    public const int EnoughMonths = 6;

    // Below it, spend hardly varied.
    private const double EnoughVariation = 0.05;
    private const double EnoughErrors = 2;

    /// <summary>Revenue at <paramref name="spend"/> a month.</summary>
    public double Revenue(double spend) => Base + (Slope * Math.Sqrt(spend));

    /// <summary>Revenue that one more unit of spend brings, at <paramref name="spend"/> a month.</summary>
    public double Marginal(double spend) => Slope / (2 * Math.Sqrt(spend));

    /// <summary>Fits to months; null, and the reason, if they do not tell.</summary>
    public static (SpendResponse? Response, string? Reason) Fit(IReadOnlyList<(double Spend, double Revenue)> months)
    {
        if (months.Count < EnoughMonths) return (null, string.Create(CultureInfo.InvariantCulture, $"too few months: {months.Count} with spend are over, and {EnoughMonths} are needed"));
        double[] roots = [.. months.Select(m => Math.Sqrt(m.Spend))], revenues = [.. months.Select(m => m.Revenue)];
        var mean = roots.Average();
        var squares = roots.Sum(r => (r - mean) * (r - mean));
        // The root varies half as much as what it is of.
        if (mean == 0 || Math.Sqrt(squares / (roots.Length - 1)) / mean * 2 < EnoughVariation) return (null, "spend hardly varied from month to month, so that its effect cannot be seen");
        var (intercept, slope) = MathNet.Numerics.Fit.Line(roots, revenues);
        var residual = roots.Zip(revenues, (r, v) => v - intercept - (slope * r)).Sum(e => e * e);
        var error = Math.Sqrt(residual / (roots.Length - 2) / squares);
        return slope > EnoughErrors * error
            ? (new SpendResponse(intercept, slope), null)
            : (null, "revenue does not rise with spend from month to month, or by no more than chance would have it");
    }
}
