namespace RfmSpark.Numerics;

/// <summary>ψ′, the second derivative of ln Γ.</summary>
public static class Trigamma
{
    private const double Far = 12;

    /// <summary>ψ′(x) for x above zero: by ψ′(x) = ψ′(x + 1) + 1 / x² to where its asymptotic series holds to 16 digits (Abramowitz and Stegun 6.4.6, 6.4.12).</summary>
    public static double Of(double x)
    {
        var sum = 0.0;
        for (; x < Far; x++) sum += 1 / (x * x);
        var y = 1 / (x * x);
        return sum + (1 / x) + (y / 2) + (y / x * ((1.0 / 6) - (y * ((1.0 / 30) - (y * ((1.0 / 42) - (y * ((1.0 / 30) - (y * ((5.0 / 66) - (y * ((691.0 / 2730) - (y * 7 / 6)))))))))))));
    }
}
