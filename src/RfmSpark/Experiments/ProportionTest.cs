using MathNet.Numerics.Distributions;

namespace RfmSpark.Experiments;

/// <summary>
/// Two proportions compared: z with the variance of both groups pooled, which is that of no difference, and the interval with each group's own, which is
/// that of the difference there is (Fleiss, Levin and Paik, "Statistical Methods for Rates and Proportions", 3rd edition, 2003, chapter 3, without the
/// correction for continuity). Where few of a group do, or few do not, that interval is far too short, and it is made of each group's own by Wilson instead
/// (Newcombe, "Interval estimation for the difference between independent proportions", Statistics in Medicine 17, 1998, method 10).
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
        var (low, high) = IsFew(converted, customers) || IsFew(controlConverted, controlCustomers)
            ? OfFew(share, customers, controlShare, controlCustomers)
            : OfMany(share, customers, controlShare, controlCustomers);
        return new Comparison(uplift, low, high, z, 2 * Normal.CDF(0, 1, -Math.Abs(z)));
    }

    private static bool IsFew(double converted, long customers) => Math.Min(converted, customers - converted) < OutcomeSums.Enough;

    private static (double Low, double High) OfMany(double share, long customers, double controlShare, long controlCustomers)
    {
        var half = TwoSided95 * Math.Sqrt((share * (1 - share) / customers) + (controlShare * (1 - controlShare) / controlCustomers));
        return (share - controlShare - half, share - controlShare + half);
    }

    private static (double Low, double High) OfFew(double share, long customers, double controlShare, long controlCustomers)
    {
        var ((low, high), (controlLow, controlHigh)) = (Wilson(share, customers), Wilson(controlShare, controlCustomers));
        var uplift = share - controlShare;
        return (uplift - double.Hypot(share - low, controlHigh - controlShare), uplift + double.Hypot(high - share, controlShare - controlLow));
    }

    // Wilson, "Probable inference, the law of succession, and statistical inference", J. Am. Stat. Assoc. 22, 1927.
    private static (double Low, double High) Wilson(double share, long customers)
    {
        var square = TwoSided95 * TwoSided95;
        var (centre, half) = ((2 * customers * share) + square, TwoSided95 * Math.Sqrt(square + (4 * customers * share * (1 - share))));
        return ((centre - half) / (2 * (customers + square)), (centre + half) / (2 * (customers + square)));
    }
}
