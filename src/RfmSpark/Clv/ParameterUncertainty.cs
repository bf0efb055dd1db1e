using MathNet.Numerics.LinearAlgebra;
using RfmSpark.Numerics;

namespace RfmSpark.Clv;

/// <summary>
/// How far expected purchases move with the parameters. The covariance of the parameters is taken apart into independent directions (the columns of its Cholesky factor), each a
/// standard deviation long: a total's variance is then the sum of the squares of its slopes along them, and slopes of customers add up.
/// </summary>
internal sealed class ParameterUncertainty
{
    /// <summary>The most parameters that a model has.</summary>
    internal const int MostDirections = 4;

    // No parameter moves by more than this in its logarithm, nor by more of a standard deviation: so short that the slope is one, so long that rounding does not show.
    private const double LongestStep = 0.05;

    private readonly IReadOnlyList<(PurchaseModel Up, PurchaseModel Down, double Step)> _directions;

    private ParameterUncertainty(IReadOnlyList<(PurchaseModel, PurchaseModel, double)> directions) => _directions = directions;

    /// <summary>Null if the fit has no covariance, or one that rounding has spoilt.</summary>
    internal static ParameterUncertainty? Of(PurchaseFit fit)
    {
        if (fit.Covariance is null) return null;
        var at = fit.Model.Parameters;
        // In logarithms, so that no parameter leaves its range.
        if (PositiveDefinite.Factor(Matrix<double>.Build.Dense(at.Count, at.Count, (i, j) => fit.Covariance[i, j] / at[i] / at[j]))?.Factor is not { } factor) return null;
        PurchaseModel Moved(int direction, double step) => fit.Model.With([.. at.Select((value, i) => value * Math.Exp(step * factor[i, direction]))]);
        return new ParameterUncertainty([.. Enumerable.Range(0, at.Count).Select(k =>
        {
            var step = LongestStep / Math.Max(1, factor.Column(k).AbsoluteMaximum());
            return (Moved(k, step), Moved(k, -step), step);
        })]);
    }

    /// <summary>For each direction the slopes of expected purchases in the next <paramref name="ahead"/> weeks, of each history.</summary>
    internal IReadOnlyList<double[]> Slopes(IReadOnlyList<PurchaseHistory> histories, double ahead) => [.. _directions.Select(direction =>
    {
        var (up, down) = (ExpectedPurchases.Of(direction.Up, histories, ahead), ExpectedPurchases.Of(direction.Down, histories, ahead));
        return up.Zip(down, (u, d) => (u - d) / (2 * direction.Step)).ToArray();
    })];

    /// <summary>
    /// The same of expected spend, (γ + x m) p / (p x + q − 1) = z h: along the first direction it moves by h (first z h + second), along the other by h × third, with z = γ + x m and
    /// h = p / (p x + q − 1). Null as for <see cref="Of"/>.
    /// </summary>
    internal static (double First, double Second, double Third)? OfSpend(SpendFit fit)
    {
        if (fit.Covariance is not { } covariance) return null;
        var (p, q) = (fit.Model.Parameters[0], fit.Model.Parameters[1]);
        // By h and z h apart, since its derivatives in p, q and γ are z h² (q − 1) / p², −z h² / p and h.
        var byScale = Vector<double>.Build.DenseOfArray([(q - 1) / (p * p), -1 / p, 0]);
        var alone = Vector<double>.Build.DenseOfArray([0, 0, 1]);
        var within = Matrix<double>.Build.DenseOfArray(covariance);
        var together = Matrix<double>.Build.DenseOfArray(new[,] { { byScale * within * byScale, byScale * within * alone }, { byScale * within * alone, alone * within * alone } });
        if (PositiveDefinite.Factor(together)?.Factor is not { } factor) return null;
        return (factor[0, 0], factor[1, 0], factor[1, 1]);
    }
}
