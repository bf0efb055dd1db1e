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
    // So many chances are told from one incomplete beta function.
    private const int Stretch = 64;

    private readonly double _logNone = -shape * LogMath.Log1p(time / scale);
    private readonly double _logEach = time > 0 ? -LogMath.Log1p(scale / time) : double.NegativeInfinity;

    /// <summary>The chances of exactly 0, 1, 2, … events, without end.</summary>
    public IEnumerable<double> Probabilities()
    {
        // In logarithms: where many events are expected, the chance of none is below the smallest double.
        var log = _logNone;
        for (var n = 0; ; n++)
        {
            yield return Math.Exp(log);
            log += _logEach + Math.Log((shape + n) / (n + 1));
        }
    }

    /// <summary>The same, each with the chance of as many events or more.</summary>
    public IEnumerable<(double Exactly, double OrMore)> Tails()
    {
        var from = 0;
        foreach (var exactly in Probabilities().Chunk(Stretch))
        {
            from += Stretch;
            // From the far end down: a difference would lose the digits of what is unlikely.
            var orMore = new double[Stretch];
            var sum = AtLeast(from);
            for (var i = Stretch - 1; i >= 0; i--) orMore[i] = sum += exactly[i];
            for (var i = 0; i < Stretch; i++) yield return (exactly[i], orMore[i]);
        }
    }

    // The regularised incomplete beta function.
    private double AtLeast(int n) => time == 0 ? 0 : SpecialFunctions.BetaRegularized(n, shape, time / (scale + time));
}
