namespace RfmSpark.Clv;

/// <summary>Customers who have bought again, brought together by how often and how much.</summary>
/// <param name="Repeats">x: days with a purchase after the first one, 1 or more.</param>
/// <param name="Mean">m: what such a day came to on average, above zero.</param>
/// <param name="Customers">How many they are.</param>
public readonly record struct RepeatSpend(int Repeats, double Mean, double Customers);

/// <summary>What repeat purchases came to, in one order whatever order they came in.</summary>
public sealed class RepeatSpends
{
    /// <summary>Those without a repeat or with nothing spent are left out, as the model of spend needs it.</summary>
    public RepeatSpends(IEnumerable<RepeatSpend> spends)
    {
        All = [.. spends.Where(s => s.Repeats > 0 && s.Mean > 0).OrderBy(s => s.Repeats).ThenBy(s => s.Mean).ThenBy(s => s.Customers)];
        Customers = All.Sum(s => s.Customers);
    }

    /// <summary>By <see cref="RepeatSpend.Repeats"/>, then by <see cref="RepeatSpend.Mean"/>.</summary>
    public IReadOnlyList<RepeatSpend> All { get; }

    /// <summary>Customers behind them.</summary>
    public double Customers { get; }

    /// <summary>The mean over customers of what a repeat day came to.</summary>
    public double Mean => All.Sum(s => s.Customers * s.Mean) / Customers;

    /// <summary>
    /// Pearson's correlation of how often and how much, and its 95 % interval by Fisher's z: the model of spend takes it for zero. NaN for fewer than 4 customers, or where
    /// either is the same for all.
    /// </summary>
    public (double Value, double Low, double High) Correlation()
    {
        var (meanX, meanM) = (All.Sum(s => s.Customers * s.Repeats) / Customers, Mean);
        var (xx, mm, xm) = (0.0, 0.0, 0.0);
        foreach (var (repeats, mean, customers) in All)
        {
            xx += customers * (repeats - meanX) * (repeats - meanX);
            mm += customers * (mean - meanM) * (mean - meanM);
            xm += customers * (repeats - meanX) * (mean - meanM);
        }
        if (Customers < 4 || xx == 0 || mm == 0) return (double.NaN, double.NaN, double.NaN);
        var r = xm / Math.Sqrt(xx * mm);
        var half = 1.959963984540054 / Math.Sqrt(Customers - 3);
        return (r, Math.Tanh(Math.Atanh(r) - half), Math.Tanh(Math.Atanh(r) + half));
    }
}
