using System.Runtime.Intrinsics;
using MathNet.Numerics;

namespace RfmSpark.Numerics;

/// <summary>
/// Expectations over p ~ Beta(a, b) of what a process comes to that has k as the shape of its rate and stops with chance p after each event. By the trapezoid rule in
/// ln(p / (1 − p)), which for an integrand that is analytic near the real line and dies away on both sides converges faster than any power of the step
/// (Trefethen and Weideman, "The exponentially convergent trapezoidal rule", SIAM Review 56, 2014). No hypergeometric function, no singular parameters.
/// </summary>
public sealed class BetaExpectation
{
    private const double MostStep = 0.25;
    private const double Negligible = 44;

    // Four nodes an instruction, on a machine that has no such instruction too, so that sums are taken in one order.
    private static readonly int Lanes = Vector256<double>.Count;

    private readonly double[] _p;
    private readonly double[] _q;
    private readonly double[] _weights;
    private readonly double _k;
    private readonly double _meanP;
    private readonly double _meanQ;
    private readonly bool _lessAtZero;
    private readonly bool _lessAtOne;

    /// <param name="a">First shape, above zero.</param>
    /// <param name="b">Second shape, above zero.</param>
    /// <param name="k">The shape of the rate of what will be asked, above zero.</param>
    public BetaExpectation(double a, double b, double k)
    {
        // With little weight on large p the left tail of p^a is long; the integrand less its limit at p = 0 has the tail of p^(a + 1). And so with b at p = 1.
        (_lessAtZero, _lessAtOne, _k, _meanP, _meanQ) = (a < 1, b < 1, k, a / (a + b), b / (a + b));
        var logBeta = SpecialFunctions.GammaLn(a) + SpecialFunctions.GammaLn(b) - SpecialFunctions.GammaLn(a + b);
        var step = Math.Min(MostStep, 0.5 * Math.Sqrt((1 / a) + (1 / b)));
        var fall = Negligible + Math.Log(1 + k);
        var left = End(_lessAtZero ? a + 1 : a, b, fall, -1);
        var right = End(a, _lessAtOne ? b + 1 : b, fall, 1);
        var nodes = 1 + (int)Math.Ceiling((right - left) / step);
        var filled = (nodes + Lanes - 1) / Lanes * Lanes;
        (_p, _q, _weights) = (new double[filled], new double[filled], new double[filled]);
        // Nodes that only fill the last instruction have no weight.
        Array.Fill(_p, 1);
        for (var i = 0; i < nodes; i++)
        {
            var y = left + (i * step);
            var (logP, logQ) = Logs(y);
            (_p[i], _q[i]) = (Math.Exp(logP), Math.Exp(logQ));
            _weights[i] = step * Math.Exp((a * logP) + (b * logQ) - logBeta);
        }
    }

    /// <summary>Expected events within <paramref name="tau"/>, in units of the rate's scale: E[(1 − (1 + p τ)^−k) / p].</summary>
    public double Events(double tau)
    {
        if (tau == 0) return 0;
        var (atZero, atOne) = Line(_k * tau, -LogMath.Expm1(-_k * LogMath.Log1p(tau)));
        var sum = Vector256<double>.Zero;
        for (var i = 0; i < _p.Length; i += Lanes)
        {
            var p = Vector256.Create(_p, i);
            var events = -LogMath.Expm1(-_k * LogMath.Log1p(p * tau)) / p;
            sum += Vector256.Create(_weights, i) * (events - ((atZero * Vector256.Create(_q, i)) + (atOne * p)));
        }
        return (atZero * _meanQ) + (atOne * _meanP) + Vector256.Sum(sum);
    }

    /// <summary>Expected events in all time to come, each worth e^(−z) less for time z in units of the rate's scale: E[(k / p) eᵘ E(k + 1, u)] with u = z / p.</summary>
    public double DiscountedEvents(double z)
    {
        var (atZero, atOne) = Line(_k / z, _k * ExponentialIntegral.Scaled(_k + 1, z));
        var sum = (atZero * _meanQ) + (atOne * _meanP);
        for (var i = 0; i < _p.Length; i++) sum += _weights[i] * ((_k / _p[i] * ExponentialIntegral.Scaled(_k + 1, z / _p[i])) - ((atZero * _q[i]) + (atOne * _p[i])));
        return sum;
    }

    // The straight line that is taken off the integrand, whose expectation is known, by its values at p = 0 and p = 1: through the limits where they must be, else level.
    private (double AtZero, double AtOne) Line(double limitAtZero, double limitAtOne) => (_lessAtZero, _lessAtOne) switch
    {
        (true, true) => (limitAtZero, limitAtOne),
        (true, false) => (limitAtZero, limitAtZero),
        (false, true) => (limitAtOne, limitAtOne),
        _ => (0, 0),
    };

    // On one side of its peak, where p^a (1 - p)^b has fallen by e^fall.
    private static double End(double a, double b, double fall, int side)
    {
        var peak = Math.Log(a / b);
        double Height(double away) => (a * Logs(peak + (side * away)).P) + (b * Logs(peak + (side * away)).Q);
        var low = Height(0) - fall;
        var (near, far) = (0.0, 1.0);
        while (Height(far) > low) far *= 2;
        for (var i = 0; i < 30; i++)
        {
            var middle = (near + far) / 2;
            (near, far) = Height(middle) > low ? (middle, far) : (near, middle);
        }
        return peak + (side * far);
    }

    // ln p and ln(1 - p) where ln(p / (1 - p)) is y.
    private static (double P, double Q) Logs(double y)
    {
        var small = LogMath.Log1p(Math.Exp(-Math.Abs(y)));
        return y < 0 ? (y - small, -small) : (-small, -y - small);
    }
}
