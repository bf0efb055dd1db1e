using System.Globalization;

namespace RfmSpark.Clusters;

/// <summary>How the fit of the chosen clusters ended.</summary>
/// <param name="Within">Sum of squared distances by the last full pass, in scaled features.</param>
/// <param name="BestKnown">The least that was found on the grid.</param>
/// <param name="Steps">Steps over the customers.</param>
/// <param name="Rested">Whether the centres had ceased to move.</param>
/// <param name="AllOutlying">Whether outliers were to be left out, but everyone is one.</param>
public sealed record FitFacts(double Within, double BestKnown, int Steps, bool Rested, bool AllOutlying)
{
    private const double MostExcess = 0.01;

    /// <summary>The share by which the sum of squares is above the best known; null if that is zero.</summary>
    public double? Excess => BestKnown > 0 ? (Within / BestKnown) - 1 : null;

    /// <summary>What somebody should look at.</summary>
    public IEnumerable<string> Warnings()
    {
        if (Excess > MostExcess)
            yield return string.Create(CultureInfo.InvariantCulture,
                $"the sum of squares is {100 * Excess:0.0} % above the best that is known; try clusters.method=lloyd, or more clusters.restarts");
        if (!Rested) yield return string.Create(CultureInfo.InvariantCulture, $"the centres had not come to rest after {Steps} steps");
        if (AllOutlying) yield return "every customer is an outlier, so none was left out of the fit; raise clusters.outlierRadius or lower clusters.outlierWeight";
    }

    /// <summary>The fit in a few words.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture,
        $"{Steps} {(Steps == 1 ? "step" : "steps")} over the customers{(Rested ? ", centres at rest" : "")}; "
            + $"sum of squares {Within:0.####}{(Excess is { } excess
                ? string.Create(CultureInfo.InvariantCulture, $", {100 * excess:+0.000;-0.000;0} % from the best known on the grid")
                : "")}");
}
