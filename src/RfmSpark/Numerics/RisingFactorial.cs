namespace RfmSpark.Numerics;

/// <summary>
/// ln Γ(c + n) − ln Γ(c) and its first two derivatives in c, for n = 0, 1, …. Added up term by term: the difference of two logarithms of Γ loses every digit where c
/// is large, and an optimiser then finds peaks that are nothing but rounding.
/// </summary>
public sealed class RisingFactorial
{
    private readonly double[] _log;
    private readonly double[] _first;
    private readonly double[] _second;

    /// <param name="c">Above zero.</param>
    /// <param name="most">The greatest n that will be asked for.</param>
    public RisingFactorial(double c, int most)
    {
        (_log, _first, _second) = (new double[most + 1], new double[most + 1], new double[most + 1]);
        for (var n = 0; n < most; n++)
        {
            var term = c + n;
            _log[n + 1] = _log[n] + Math.Log(term);
            _first[n + 1] = _first[n] + (1 / term);
            _second[n + 1] = _second[n] - (1 / (term * term));
        }
    }

    /// <summary>ln Γ(c + n) − ln Γ(c).</summary>
    public double Log(int n) => _log[n];

    /// <summary>Its derivative, ψ(c + n) − ψ(c).</summary>
    public double First(int n) => _first[n];

    /// <summary>Its second derivative, ψ′(c + n) − ψ′(c).</summary>
    public double Second(int n) => _second[n];
}
