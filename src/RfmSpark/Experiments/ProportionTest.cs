using MathNet.Numerics.Distributions;

namespace RfmSpark.Experiments;

/// <summary>
/// Two proportions compared: z with the variance of both groups pooled, which is that of no difference, and the interval with each group's own, which is
/// that of the difference there is (Fleiss, Levin and Paik, "Statistical Methods for Rates and Proportions", 3rd edition, 2003, chapter 3, without the
/// correction for continuity).
/// </summary>
public static class ProportionTest
{
    /// <summary>Quantile 0.975 of the standard normal distribution.</summary>
    internal static readonly double TwoSided95 = Normal.InvCDF(0, 1, 0.975);

    /// <summary>Compares <paramref name="converted"/> of <paramref name="customers"/> with the control's. Nothing but the uplift is known if nobody converts anywhere, or everybody does.</summary>
    public static Comparison Compare(double converted, long customers, double controlConverted, long controlCustomers)
    {
        var (share, controlShare) = (converted / customers, controlConverted / controlCustomers);
        var uplift = share - controlShare;
        var pooled = (converted + controlConverted) / (customers + controlCustomers);
        if (pooled is <= 0 or >= 1) return new Comparison(uplift, null, null, null, null);

        var z = uplift / Math.Sqrt(pooled * (1 - pooled) * ((1.0 / customers) + (1.0 / controlCustomers)));
        var half = TwoSided95 * Math.Sqrt((share * (1 - share) / customers) + (controlShare * (1 - controlShare) / controlCustomers));
        return new Comparison(uplift, uplift - half, uplift + half, z, 2 * Normal.CDF(0, 1, -Math.Abs(z)));
    }
}
