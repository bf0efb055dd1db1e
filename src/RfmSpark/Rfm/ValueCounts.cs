namespace RfmSpark.Rfm;

/// <summary>The distribution of one measure: its distinct values, rising, and how many customers have each.</summary>
/// <remarks>Ties cannot be split here, and no row order is left, so whatever is cut from it is the same for any order of the client's files.</remarks>
public sealed class ValueCounts
{
    private readonly long[] _upTo;

    /// <param name="counts">Value and customers, in any order; values distinct, customers above zero.</param>
    public ValueCounts(IEnumerable<(decimal Value, long Customers)> counts)
    {
        var sorted = counts.OrderBy(c => c.Value).ToList();
        Values = [.. sorted.Select(c => c.Value)];
        Customers = [.. sorted.Select(c => c.Customers)];
        if (Values.Count == 0) throw new ArgumentException("There are no values.", nameof(counts));
        _upTo = new long[Values.Count];
        var total = 0L;
        for (var i = 0; i < _upTo.Length; i++) _upTo[i] = total += Customers[i];
        Total = total;
    }

    /// <summary>The distinct values, rising.</summary>
    public IReadOnlyList<decimal> Values { get; }

    /// <summary>The customers of each value.</summary>
    public IReadOnlyList<long> Customers { get; }

    /// <summary>All customers.</summary>
    public long Total { get; }

    /// <summary>
    /// The quantile of share <paramref name="part"/>/<paramref name="parts"/> by Hyndman and Fan's definition 7 (R's default): between the two
    /// values at rank (n−1)·share, by straight line. The share is a fraction of integers, so that the rank is exact.
    /// </summary>
    public decimal QuantileOf(int part, int parts)
    {
        var rank = (Total - 1) * part;
        var (whole, rest) = Math.DivRem(rank, parts);
        var below = Values[IndexAt(whole)];
        var above = rest == 0 ? below : Values[IndexAt(whole + 1)];
        return below + ((above - below) * rest / parts);
    }

    /// <summary>The greatest value below <paramref name="value"/>; null if there is none.</summary>
    public decimal? GreatestBelow(decimal value)
    {
        var index = FirstAtOrAbove(value);
        return index == 0 ? null : Values[index - 1];
    }

    /// <summary>Customers above <paramref name="low"/> and at or below <paramref name="high"/>, with the least and greatest value among them; null for no bound.</summary>
    public (long Customers, decimal? Least, decimal? Greatest) Between(decimal? low, decimal? high)
    {
        var first = low is { } l ? FirstAbove(l) : 0;
        var end = high is { } h ? FirstAbove(h) : Values.Count;
        if (first >= end) return (0, null, null);
        return (_upTo[end - 1] - (first == 0 ? 0 : _upTo[first - 1]), Values[first], Values[end - 1]);
    }

    private int FirstAtOrAbove(decimal value) => Search(i => Values[i] >= value);

    private int FirstAbove(decimal value) => Search(i => Values[i] > value);

    // The value of the customer at a rank from 0, in rising order.
    private int IndexAt(long rank) => Search(i => _upTo[i] > rank);

    private int Search(Func<int, bool> holds)
    {
        var (low, high) = (0, Values.Count);
        while (low < high)
        {
            var middle = low + ((high - low) / 2);
            if (holds(middle)) high = middle;
            else low = middle + 1;
        }
        return low;
    }
}
