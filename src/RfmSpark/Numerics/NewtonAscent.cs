using MathNet.Numerics.LinearAlgebra;

namespace RfmSpark.Numerics;

/// <summary>Where an ascent ended.</summary>
/// <param name="At">The variables, all above zero.</param>
/// <param name="Expansion">The function there, in the variables themselves.</param>
/// <param name="Steps">Steps taken.</param>
/// <param name="Converged">Whether no step leads higher.</param>
/// <param name="OnBound">Whether a variable ran to the end of its range.</param>
public sealed record Summit(double[] At, Expansion Expansion, int Steps, bool Converged, bool OnBound)
{
    /// <summary>
    /// The inverse of the negative second derivatives: the covariance of the variables, if the function is a log-likelihood; null if they do not bend down on all sides, or on a bound.
    /// </summary>
    public double[,]? Covariance()
    {
        if (OnBound) return null;
        var n = At.Length;
        var scaled = Matrix<double>.Build.Dense(n, n, (i, j) => -Expansion.Second(i, j) * At[i] * At[j]);
        if (PositiveDefinite.Factor(scaled)?.Solve(Matrix<double>.Build.DenseIdentity(n)) is not { } inverse) return null;
        return Matrix<double>.Build.Dense(n, n, (i, j) => inverse[i, j] * At[i] * At[j]).ToArray();
    }

    /// <summary>The square roots of the diagonal of <paramref name="covariance"/>; null if there is none.</summary>
    public static double[]? StandardErrors(double[,]? covariance) => covariance is null ? null : [.. Enumerable.Range(0, covariance.GetLength(0)).Select(i => Math.Sqrt(covariance[i, i]))];
}

/// <summary>
/// Climbs a function of positive variables by Newton's method in their logarithms. Where the function does not bend down, or a step would not lead higher, the step is
/// shortened and turned to the steepest way (Levenberg and Marquardt). Scaling a variable, such as another unit of time, changes no step.
/// </summary>
public static class NewtonAscent
{
    private const int MostSteps = 200;
    private const double LongestStep = 2;
    private const double Rest = 1e-13;

    /// <summary>The top that is reached from <paramref name="start"/>.</summary>
    /// <param name="function">The function, to second order, in the variables.</param>
    /// <param name="start">Where to begin; all above zero.</param>
    /// <param name="least">Least value of each variable.</param>
    /// <param name="greatest">Greatest value of each variable.</param>
    public static Summit From(Func<double[], Expansion> function, IReadOnlyList<double> start, IReadOnlyList<double> least, IReadOnlyList<double> greatest)
    {
        double[] at = [.. start.Select((s, i) => Math.Clamp(s, least[i], greatest[i]))];
        var here = function(at);
        var damping = 0.0;
        for (var steps = 0; steps < MostSteps; steps++)
        {
            var logarithms = here.InLogarithms(at);
            bool[] isFree = [.. at.Select((value, i) => !(value <= least[i] && logarithms.First(i) <= 0) && !(value >= greatest[i] && logarithms.First(i) >= 0))];
            var (next, gain) = Next(logarithms, at, isFree, damping, least, greatest);
            if (next is null)
            {
                damping = Stronger(damping, logarithms);
                continue;
            }
            // What rounding hides in a sum of this size is no gain.
            if (gain <= Rest * (1 + Math.Abs(here.Value))) return Ended(next, function, here, at, steps, true, least, greatest);
            var there = function(next);
            if (there.Value > here.Value)
            {
                (at, here, damping) = (next, there, damping < 1e-6 ? 0 : damping / 10);
                continue;
            }
            damping = Stronger(damping, logarithms);
            if (damping > 1e12 * (1 + Math.Abs(here.Value))) return Ended(null, function, here, at, steps, true, least, greatest);
        }
        return Ended(null, function, here, at, MostSteps, false, least, greatest);
    }

    // The last step is too short for its gain to be seen, and yet brings the variables nearer.
    private static Summit Ended(double[]? last, Func<double[], Expansion> function, Expansion here, double[] at, int steps, bool converged,
        IReadOnlyList<double> least, IReadOnlyList<double> greatest)
    {
        if (last is not null && function(last) is var there && Math.Abs(there.Value - here.Value) <= 1e-9 * (1 + Math.Abs(here.Value))) (at, here) = (last, there);
        return new Summit(at, here, steps, converged, at.Where((value, i) => value <= least[i] || value >= greatest[i]).Any());
    }

    private static double Stronger(double damping, Expansion logarithms) => damping > 0
        ? damping * 10
        : 1e-3 * Math.Max(1, Enumerable.Range(0, logarithms.Dimensions).Max(i => Math.Abs(logarithms.Second(i, i))));

    // A damped Newton step among the free variables and what it promises; null if the function does not bend down under this damping.
    private static (double[]? Next, double Gain) Next(Expansion f, double[] at, bool[] isFree, double damping, IReadOnlyList<double> least, IReadOnlyList<double> greatest)
    {
        int[] free = [.. Enumerable.Range(0, at.Length).Where(i => isFree[i])];
        if (free.Length == 0) return (at, 0);
        var bend = Matrix<double>.Build.Dense(free.Length, free.Length, (i, j) => -f.Second(free[i], free[j]) + (i == j ? damping : 0));
        var slope = Vector<double>.Build.Dense(free.Length, i => f.First(free[i]));
        if (PositiveDefinite.Factor(bend)?.Solve(slope) is not { } step) return (null, 0);
        var longest = step.AbsoluteMaximum();
        if (!double.IsFinite(longest)) return (null, 0);
        if (longest > LongestStep) step *= LongestStep / longest;
        double[] next = [.. at];
        for (var i = 0; i < free.Length; i++) next[free[i]] = Math.Clamp(at[free[i]] * Math.Exp(step[i]), least[free[i]], greatest[free[i]]);
        return (next, (slope * step) - (0.5 * (step * bend * step)));
    }
}
