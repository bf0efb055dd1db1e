namespace RfmSpark.Numerics;

/// <summary>The generalised exponential integral E(s, z) = ∫₁^∞ e^(−z t) t^(−s) dt.</summary>
public static class ExponentialIntegral
{
    private const int MostTerms = 1_000_000;

    /// <summary>
    /// e^z E(s, z), by its continued fraction (NIST Digital Library of Mathematical Functions, 8.19.17) with Lentz's method. Terms grow as 1 / √z: some 80 at 1, 5,500 at 0.01.
    /// </summary>
    /// <param name="s">The order, 0 or above; not only whole numbers.</param>
    /// <param name="z">Above zero.</param>
    public static double Scaled(double s, double z)
    {
        var b = z + s;
        var c = double.MaxValue;
        var d = 1 / b;
        var h = d;
        for (var i = 1; i < MostTerms; i++)
        {
            var an = -i * (s - 1 + i);
            b += 2;
            d = 1 / ((an * d) + b);
            c = b + (an / c);
            var change = c * d;
            h *= change;
            if (Math.Abs(change - 1) < 1e-15) break;
        }
        return h;
    }
}
