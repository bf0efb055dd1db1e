namespace RfmSpark.Clv.Validation;

/// <summary>Customers of about the same rank: how many, and what they were predicted to spend and did.</summary>
internal readonly record struct RankedSpend(double Customers, double Predicted, double Actual);

/// <summary>How well a ranking finds the customers who spend.</summary>
internal static class SpendRanking
{
    private const int Tenths = 10;

    /// <summary>Tenths of the customers, the highest predicted first. Customers of one cell are spread over the tenths in proportion, since nothing tells them apart.</summary>
    internal static IReadOnlyList<RankedSpend> Deciles(IReadOnlyList<RankedSpend> cells)
    {
        var size = cells.Sum(c => c.Customers) / Tenths;
        var deciles = new RankedSpend[Tenths];
        var before = 0.0;
        foreach (var cell in cells.OrderByDescending(c => c.Predicted / c.Customers))
        {
            for (var tenth = (int)Math.Min(Tenths - 1, before / size); tenth < Tenths && tenth * size < before + cell.Customers; tenth++)
            {
                var share = (Math.Min(before + cell.Customers, (tenth + 1) * size) - Math.Max(before, tenth * size)) / cell.Customers;
                if (share <= 0) continue;
                var sum = deciles[tenth];
                deciles[tenth] = new RankedSpend(sum.Customers + (share * cell.Customers), sum.Predicted + (share * cell.Predicted), sum.Actual + (share * cell.Actual));
            }
            before += cell.Customers;
        }
        return deciles;
    }

    /// <summary>
    /// Gini coefficient of what customers did spend, in the order of <paramref name="rank"/> (a customer's): twice the area between the Lorenz curve and the diagonal; 0 for a ranking
    /// that finds nobody. Null if nothing was spent.
    /// </summary>
    internal static double? Gini(IReadOnlyList<RankedSpend> cells, Func<RankedSpend, double> rank)
    {
        var (customers, spend) = (cells.Sum(c => c.Customers), cells.Sum(c => c.Actual));
        if (spend <= 0) return null;
        var (area, below) = (0.0, 0.0);
        foreach (var cell in cells.OrderBy(c => rank(c) / c.Customers))
        {
            area += cell.Customers / customers * ((2 * below) + cell.Actual) / spend;
            below += cell.Actual;
        }
        return 1 - area;
    }
}
