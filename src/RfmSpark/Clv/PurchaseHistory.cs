namespace RfmSpark.Clv;

/// <summary>What purchase models know of a customer. A customer without a past is <c>default</c>.</summary>
/// <param name="Repeats">x: days with a purchase after the first one.</param>
/// <param name="LastWeek">t_x: weeks from the first purchase to the last one, 0 if there is no other.</param>
/// <param name="Weeks">T: weeks from the first purchase to the end of what was observed.</param>
public readonly record struct PurchaseHistory(int Repeats, double LastWeek, double Weeks);

/// <summary>Distinct histories, each with its number of customers, in one order whatever order they came in.</summary>
public sealed class PurchaseHistories
{
    private readonly PurchaseHistory[] _histories;
    private readonly double[] _customers;

    /// <summary>Equal histories are brought together.</summary>
    public PurchaseHistories(IEnumerable<(PurchaseHistory History, long Customers)> counted)
    {
        // Sorted in place: half a million histories come here, twice a run.
        var sorted = counted.ToArray();
        Array.Sort(sorted, (a, b) => Compare(a.History, b.History));
        var kept = 0;
        for (var i = 0; i < sorted.Length; i++)
        {
            if (kept > 0 && sorted[kept - 1].History == sorted[i].History) sorted[kept - 1].Customers += sorted[i].Customers;
            else sorted[kept++] = sorted[i];
        }
        _histories = [.. sorted.Take(kept).Select(c => c.History)];
        _customers = [.. sorted.Take(kept).Select(c => (double)c.Customers)];
        Customers = _customers.Sum();
        MostRepeats = _histories.Length == 0 ? 0 : _histories[^1].Repeats;
    }

    private static int Compare(PurchaseHistory a, PurchaseHistory b) => a.Repeats.CompareTo(b.Repeats) is not 0 and var byRepeats ? byRepeats
        : a.Weeks.CompareTo(b.Weeks) is not 0 and var byWeeks ? byWeeks
        : a.LastWeek.CompareTo(b.LastWeek);

    private PurchaseHistories(PurchaseHistory[] histories, double[] customers)
    {
        (_histories, _customers) = (histories, customers);
        Customers = customers.Sum();
        MostRepeats = histories[^1].Repeats;
    }

    /// <summary>Distinct histories.</summary>
    public int Count => _histories.Length;

    /// <summary>Customers behind them.</summary>
    public double Customers { get; }

    /// <summary>The greatest <see cref="PurchaseHistory.Repeats"/>.</summary>
    public int MostRepeats { get; }

    /// <summary>A history and its number of customers.</summary>
    public (PurchaseHistory History, double Customers) this[int i] => (_histories[i], _customers[i]);

    /// <summary>About <paramref name="most"/> of the histories, evenly spread over the order: enough to find where a fit on all should begin.</summary>
    public PurchaseHistories Sample(int most)
    {
        if (Count <= most) return this;
        int[] taken = [.. Enumerable.Range(0, most).Select(i => (int)((long)i * Count / most))];
        return new PurchaseHistories([.. taken.Select(i => _histories[i])], [.. taken.Select(i => _customers[i])]);
    }

    /// <summary>The mean of <paramref name="value"/> over the customers.</summary>
    public double Mean(Func<PurchaseHistory, double> value)
    {
        var sum = 0.0;
        for (var i = 0; i < Count; i++) sum += _customers[i] * value(_histories[i]);
        return sum / Customers;
    }
}
