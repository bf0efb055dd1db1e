using MathNet.Numerics;

namespace RfmSpark.Experiments;

/// <summary>
/// Whether the arms have the sizes that they were to have. Where they have not, customers were lost or added by something that knows the arm, and no uplift can be
/// believed (Fabijan et al., "Diagnosing sample ratio mismatch in online controlled experiments", KDD 2019).
/// </summary>
public static class SampleRatio
{
    /// <summary>Below this probability the ratio is said to be wrong: the usual bound, which one sound experiment in two thousand crosses.</summary>
    public const double Suspicious = 0.0005;

    /// <summary>Pearson's chi-square of the sizes against the shares, any positive numbers, and how likely one as large is by chance alone, 0 to 1.</summary>
    public static (double ChiSquare, double P) Check(IReadOnlyList<long> sizes, IReadOnlyList<double> shares)
    {
        var unit = sizes.Sum() / shares.Sum();
        var chiSquare = sizes.Zip(shares, (size, share) => (size - (unit * share)) * (size - (unit * share)) / (unit * share)).Sum();
        // The upper tail, without taking a difference from 1 that would lose a small probability.
        return (chiSquare, SpecialFunctions.GammaUpperRegularized((sizes.Count - 1) / 2.0, chiSquare / 2));
    }
}
