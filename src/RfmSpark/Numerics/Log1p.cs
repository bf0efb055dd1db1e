namespace RfmSpark.Numerics;

/// <summary>ln(1 + x) and e^x − 1 with all digits where x is near zero (Kahan; Higham, "Accuracy and stability of numerical algorithms", 2nd ed., 1.14.1).</summary>
public static class Log1p
{
    /// <summary>ln(1 + x), x above −1.</summary>
    public static double Of(double x)
    {
        var u = 1 + x;
        if (u == 1) return x;
        return double.IsPositiveInfinity(u) ? u : Math.Log(u) * x / (u - 1);
    }

    /// <summary>e^x − 1.</summary>
    public static double ExpMinus1(double x)
    {
        if (Math.Abs(x) > 0.5) return Math.Exp(x) - 1;
        var u = Math.Exp(x);
        if (u == 1) return x;
        return (u - 1) * x / Math.Log(u);
    }

    /// <summary>ln(e^a + e^b).</summary>
    public static double AddExp(double a, double b)
    {
        var (low, high) = a < b ? (a, b) : (b, a);
        return double.IsNegativeInfinity(high) ? high : high + Of(Math.Exp(low - high));
    }
}
