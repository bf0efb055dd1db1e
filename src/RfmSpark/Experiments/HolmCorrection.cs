namespace RfmSpark.Experiments;

/// <summary>
/// Several tests of one question, each p made so large that all those below 0.05 are wrong together in 5 % of experiments at most, whatever depends on what
/// (Holm, "A simple sequentially rejective multiple test procedure", Scandinavian Journal of Statistics 6, 1979).
/// </summary>
public static class HolmCorrection
{
    /// <summary>
    /// The corrected probabilities in the order of <paramref name="probabilities"/>: the i-th smallest of m times m − i + 1, at least those before it, at most 1. A null
    /// is no test.
    /// </summary>
    public static IReadOnlyList<double?> Of(IReadOnlyList<double?> probabilities)
    {
        var corrected = new double?[probabilities.Count];
        var tests = Enumerable.Range(0, probabilities.Count).Where(i => probabilities[i] is not null).OrderBy(i => probabilities[i]).ToList();
        var most = 0.0;
        for (var i = 0; i < tests.Count; i++) corrected[tests[i]] = most = Math.Min(1, Math.Max(most, probabilities[tests[i]]!.Value * (tests.Count - i)));
        return corrected;
    }
}
