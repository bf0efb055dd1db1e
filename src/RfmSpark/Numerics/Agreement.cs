namespace RfmSpark.Numerics;

/// <summary>How far two clusterings of the same points agree.</summary>
public static class Agreement
{
    /// <summary>
    /// The adjusted Rand index (Hubert and Arabie, "Comparing partitions", J. Classification 2, 1985): 1 for the same clusters under any numbers, about 0 for
    /// clusterings that have nothing to do with each other.
    /// </summary>
    public static double AdjustedRand(IReadOnlyList<int> first, IReadOnlyList<int> second, ReadOnlySpan<double> weights)
    {
        var table = Table(first, second, weights);
        var (rows, columns) = (table.GetLength(0), table.GetLength(1));
        double together = 0, total = 0, inFirst = 0, inSecond = 0;
        for (var a = 0; a < rows; a++)
        {
            var sum = 0.0;
            for (var b = 0; b < columns; b++)
            {
                together += Pairs(table[a, b]);
                sum += table[a, b];
            }
            inFirst += Pairs(sum);
            total += sum;
        }
        for (var b = 0; b < columns; b++)
        {
            var sum = 0.0;
            for (var a = 0; a < rows; a++) sum += table[a, b];
            inSecond += Pairs(sum);
        }
        var expected = inFirst * inSecond / Pairs(total);
        var most = (inFirst + inSecond) / 2;
        return most == expected ? 1 : (together - expected) / (most - expected);
    }

    /// <summary>For each cluster of the first, the Jaccard similarity of that cluster of the second which is most like it (Hennig, "Cluster-wise assessment of cluster stability", 2007).</summary>
    public static double[] Jaccard(IReadOnlyList<int> first, IReadOnlyList<int> second, ReadOnlySpan<double> weights)
    {
        var table = Table(first, second, weights);
        var (rows, columns) = (table.GetLength(0), table.GetLength(1));
        var (ofFirst, ofSecond) = (new double[rows], new double[columns]);
        for (var a = 0; a < rows; a++)
        {
            for (var b = 0; b < columns; b++)
            {
                ofFirst[a] += table[a, b];
                ofSecond[b] += table[a, b];
            }
        }
        var best = new double[rows];
        for (var a = 0; a < rows; a++)
            for (var b = 0; b < columns; b++)
                if (ofFirst[a] + ofSecond[b] - table[a, b] is > 0 and var either) best[a] = Math.Max(best[a], table[a, b] / either);
        return best;
    }

    private static double[,] Table(IReadOnlyList<int> first, IReadOnlyList<int> second, ReadOnlySpan<double> weights)
    {
        if (first.Count != second.Count || first.Count != weights.Length) throw new ArgumentException("Both clusterings are of the same points.", nameof(second));
        var table = new double[first.Max() + 1, second.Max() + 1];
        for (var i = 0; i < weights.Length; i++) table[first[i], second[i]] += weights[i];
        return table;
    }

    private static double Pairs(double n) => n * (n - 1) / 2;
}
