namespace RfmSpark.Numerics;

/// <summary>
/// ln B(a, b + n) / B(a, b) and its first two derivatives, for n = 0, 1, …: the chance that n draws in a row do not hit, where the chance of a hit is Beta(a, b).
/// By −Σ ln(1 + a / (b + i)), which keeps its digits however large b is.
/// </summary>
public sealed class BetaRatio
{
    private readonly double[] _log;
    private readonly double[] _alongA;
    private readonly double[] _alongB;
    private readonly double[] _secondA;
    private readonly double[] _secondB;

    /// <param name="a">Above zero.</param>
    /// <param name="b">Above zero.</param>
    /// <param name="most">The greatest n that will be asked for.</param>
    public BetaRatio(double a, double b, int most)
    {
        (_log, _alongA, _alongB, _secondA, _secondB) = (new double[most + 1], new double[most + 1], new double[most + 1], new double[most + 1], new double[most + 1]);
        for (var n = 0; n < most; n++)
        {
            var (misses, both) = (b + n, a + b + n);
            _log[n + 1] = _log[n] - LogMath.Log1p(a / misses);
            _alongA[n + 1] = _alongA[n] - (1 / both);
            _alongB[n + 1] = _alongB[n] + (a / (misses * both));
            _secondA[n + 1] = _secondA[n] + (1 / (both * both));
            _secondB[n + 1] = _secondB[n] - (a * (misses + both) / (misses * misses * both * both));
        }
    }

    /// <summary>ln B(a, b + n) / B(a, b).</summary>
    public double Log(int n) => _log[n];

    /// <summary>Its derivative along a.</summary>
    public double AlongA(int n) => _alongA[n];

    /// <summary>Its derivative along b.</summary>
    public double AlongB(int n) => _alongB[n];

    /// <summary>Its second derivative along a, which is also the one along a and b.</summary>
    public double SecondA(int n) => _secondA[n];

    /// <summary>Its second derivative along b.</summary>
    public double SecondB(int n) => _secondB[n];
}
