namespace RfmSpark.Numerics;

/// <summary>
/// One-dimensional k-means by dynamic programming, so that the optimum is certain: Wang and Song, "Ckmeans.1d.dp: Optimal k-means clustering in one
/// dimension by dynamic programming", The R Journal 3/2 (2011), on distinct values with weights.
/// </summary>
/// <remarks>
/// D[q][i], the least sum of squares of the first i values in q classes, is min over j of D[q-1][j] + cost(j, i). The j of the minimum never falls as i
/// rises, so each layer is filled by divide and conquer in O(n log n). Values are taken relative to their median, which keeps the cost of a class,
/// Σwx² − (Σwx)²/Σw, clear of cancellation, also where a few values are far greater than all others. Of several optima the one with the lowest breaks is taken,
/// in whatever unit the values are: sums of squares that rounding alone may tell apart are equal.
/// </remarks>
public static class NaturalBreaks
{
    // Of a sum of squares.
    private const double Rounding = 1e-10;

    /// <summary>The best split of sorted values into at most <paramref name="k"/> classes.</summary>
    /// <param name="values">Distinct, rising; at least one.</param>
    /// <param name="weights">Of each value, above zero.</param>
    /// <param name="k">Classes; if there are fewer values, each is a class of its own.</param>
    /// <returns>The index of the first value of each class but the first, and the sum of squares within the classes.</returns>
    public static (IReadOnlyList<int> Starts, double WithinSumOfSquares) Split(IReadOnlyList<double> values, IReadOnlyList<long> weights, int k)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(k, 1);
        ArgumentOutOfRangeException.ThrowIfZero(values.Count, nameof(values));
        var n = values.Count;
        var classes = Math.Min(k, n);
        var sums = new PrefixSums(values, weights);

        var best = new double[n + 1];
        for (var i = 1; i <= n; i++) best[i] = sums.Cost(0, i);
        var splits = new int[classes + 1][];
        for (var q = 2; q <= classes; q++)
        {
            var next = new double[n + 1];
            Array.Fill(next, double.PositiveInfinity);
            splits[q] = new int[n + 1];
            Fill(best, next, splits[q], sums, q, n, q - 1, n - 1);
            best = next;
        }

        var starts = new int[classes - 1];
        var end = n;
        for (var q = classes; q >= 2; q--) starts[q - 2] = end = splits[q][end];
        return (starts, best[n]);
    }

    // Fills next[low..high], knowing that the splits lie in [least, greatest]; a later one must be better by more than rounding.
    private static void Fill(double[] previous, double[] next, int[] split, PrefixSums sums, int low, int high, int least, int greatest)
    {
        if (low > high) return;
        var middle = low + ((high - low) / 2);
        for (var j = least; j <= Math.Min(greatest, middle - 1); j++)
        {
            var cost = previous[j] + sums.Cost(j, middle);
            if (cost >= next[middle] * (1 - Rounding)) continue;
            next[middle] = cost;
            split[middle] = j;
        }
        Fill(previous, next, split, sums, low, middle - 1, least, split[middle]);
        Fill(previous, next, split, sums, middle + 1, high, split[middle], greatest);
    }

    private sealed class PrefixSums
    {
        private readonly double[] _weight, _sum, _square;

        internal PrefixSums(IReadOnlyList<double> values, IReadOnlyList<long> weights)
        {
            var n = values.Count;
            (_weight, _sum, _square) = (new double[n + 1], new double[n + 1], new double[n + 1]);
            var (half, median) = (weights.Sum() / 2.0, 0);
            for (var upTo = weights[0]; upTo < half; upTo += weights[median]) median++;
            for (var i = 0; i < n; i++)
            {
                var x = values[i] - values[median];
                _weight[i + 1] = _weight[i] + weights[i];
                _sum[i + 1] = _sum[i] + (weights[i] * x);
                _square[i + 1] = _square[i] + (weights[i] * x * x);
            }
        }

        /// <summary>The sum of squares of the values from <paramref name="from"/> up to but not <paramref name="to"/> about their mean.</summary>
        internal double Cost(int from, int to)
        {
            if (to - from == 1) return 0;
            var sum = _sum[to] - _sum[from];
            return Math.Max(0, _square[to] - _square[from] - (sum * sum / (_weight[to] - _weight[from])));
        }
    }
}
