using MathNet.Numerics;

namespace RfmSpark.Numerics;

/// <summary>
/// The number of events of a Poisson process in a time, where the rate is Gamma(shape, scale): the negative binomial distribution with success chance
/// scale / (scale + time).
/// </summary>
/// <param name="shape">Above zero.</param>
/// <param name="scale">Above zero, in units of time.</param>
/// <param name="time">Zero or above.</param>
public sealed class GammaMixedPoisson(double shape, double scale, double time)
{
    private readonly double _logNone = -shape * LogMath.Log1p(time / scale);
    private readonly double _logEach = time > 0 ? -LogMath.Log1p(scale / time) : double.NegativeInfinity;

    /// <summary>The chance of exactly <paramref name="n"/> events.</summary>
    public double Probability(int n) => n == 0
        ? Math.Exp(_logNone)
        : Math.Exp(_logNone + (n * _logEach) + SpecialFunctions.GammaLn(shape + n) - SpecialFunctions.GammaLn(shape) - SpecialFunctions.GammaLn(n + 1.0));

    /// <summary>The chance of <paramref name="n"/> events or more: the regularised incomplete beta function.</summary>
    public double AtLeast(int n) => n == 0 ? 1 : time == 0 ? 0 : SpecialFunctions.BetaRegularized(n, shape, time / (scale + time));
}
