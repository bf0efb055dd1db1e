using MathNet.Numerics.Distributions;

namespace RfmSpark.Experiments;

/// <summary>
/// The smallest uplift that an arm and the control show in four of five experiments (power 80 %), two-sided at 5 %: one arm by itself, before any correction for several.
/// </summary>
public static class MinimumDetectableEffect
{
    private const int Halvings = 60;
    private static readonly double Power80 = Normal.InvCDF(0, 1, 0.8);

    /// <summary>
    /// Of a share that is <paramref name="baseline"/> in the control, 0 to 1: the δ for which δ = z(0.975) √(p̄(1 − p̄)(1/n₁ + 1/n₀)) + z(0.8) √(p₁(1 − p₁)/n₁ + p₀(1 − p₀)/n₀) with
    /// p₁ = p₀ + δ (Fleiss, Levin and Paik, "Statistical Methods for Rates and Proportions", 3rd edition, 2003, chapter 4, solved for the difference). Null if even a share of 1 would not be seen.
    /// </summary>
    public static double? OfProportion(double baseline, long customers, long controlCustomers)
    {
        if (customers == 0 || controlCustomers == 0 || baseline >= 1) return null;
        // What must be seen grows less and less with δ, so that δ passes it once.
        var (low, high) = (0.0, 1 - baseline);
        if (high < Needed(high)) return null;
        for (var i = 0; i < Halvings; i++)
        {
            var middle = (low + high) / 2;
            if (middle < Needed(middle)) low = middle;
            else high = middle;
        }
        return high;

        double Needed(double uplift)
        {
            var share = baseline + uplift;
            var pooled = ((share * customers) + (baseline * controlCustomers)) / (customers + controlCustomers);
            return (ProportionTest.TwoSided95 * Math.Sqrt(pooled * (1 - pooled) * ((1.0 / customers) + (1.0 / controlCustomers))))
                + (Power80 * Math.Sqrt((share * (1 - share) / customers) + (baseline * (1 - baseline) / controlCustomers)));
        }
    }

    /// <summary>Of a mean, in standard deviations of the outcome: (z(0.975) + z(0.8)) √(1/n₁ + 1/n₀). Null if a group is empty.</summary>
    public static double? OfMean(long customers, long controlCustomers) =>
        customers == 0 || controlCustomers == 0 ? null : (ProportionTest.TwoSided95 + Power80) * Math.Sqrt((1.0 / customers) + (1.0 / controlCustomers));
}
