using System.Runtime.Intrinsics;

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

    /// <summary>The same of four at once, all finite.</summary>
    public static Vector256<double> Log1p(Vector256<double> x)
    {
        var u = Vector256<double>.One + x;
        return Vector256.ConditionalSelect(Vector256.Equals(u, Vector256<double>.One), x, Vector256.Log(u) * x / (u - Vector256<double>.One));
    }

    /// <summary>e^x − 1.</summary>
    public static double Expm1(double x)
    {
        if (Math.Abs(x) > 0.5) return Math.Exp(x) - 1;
        var u = Math.Exp(x);
        if (u == 1) return x;
        return (u - 1) * x / Math.Log(u);
    }

    /// <summary>The same of four at once.</summary>
    public static Vector256<double> Expm1(Vector256<double> x)
    {
        var u = Vector256.Exp(x);
        var less = u - Vector256<double>.One;
        var small = Vector256.ConditionalSelect(Vector256.Equals(u, Vector256<double>.One), x, less * x / Vector256.Log(u));
        return Vector256.ConditionalSelect(Vector256.GreaterThan(Vector256.Abs(x), Vector256.Create(0.5)), less, small);
    }

    /// <summary>ln(e^a + e^b); either may be −∞.</summary>
    public static double LogAddExp(double a, double b)
    {
        var (low, high) = a < b ? (a, b) : (b, a);
        return double.IsNegativeInfinity(high) ? high : high + Log1p(Math.Exp(low - high));
    }
}
