namespace RfmSpark.Numerics;

/// <summary>
/// Logarithms and powers with all digits where the plain ones lose them (Kahan; Higham, "Accuracy and stability of numerical algorithms", 2nd ed., 1.14.1). Not those of MathNet.Numerics,
/// with which the expectations of the hard cases are wrong in the ninth digit, nor of <see cref="double"/>, which subtract 1 at the end.
/// </summary>
public static class LogMath
{
    /// <summary>ln(1 + x), x above −1.</summary>
    public static double Log1p(double x)
    {
        var u = 1 + x;
        if (u == 1) return x;
        return double.IsPositiveInfinity(u) ? u : Math.Log(u) * x / (u - 1);
    }

    /// <summary>e^x − 1.</summary>
    public static double Expm1(double x)
    {
        if (Math.Abs(x) > 0.5) return Math.Exp(x) - 1;
        var u = Math.Exp(x);
        if (u == 1) return x;
        return (u - 1) * x / Math.Log(u);
    }

    /// <summary>ln(e^a + e^b); either may be −∞.</summary>
    public static double LogAddExp(double a, double b)
    {
        var (low, high) = a < b ? (a, b) : (b, a);
        return double.IsNegativeInfinity(high) ? high : high + Log1p(Math.Exp(low - high));
    }
}
