using RfmSpark.Engine;

namespace RfmSpark.Clv;

/// <summary>The customer pyramid: a few customers bring much (Curry and Curry, "The customer marketing method", 2000).</summary>
internal static class Tiers
{
    /// <summary>
    /// The values of clv_12m above which each tier begins, from the lowest up; <paramref name="shares"/> of the customers are from the highest down. Customers of about
    /// the same value stay together.
    /// </summary>
    internal static IReadOnlyList<decimal> Cuts(IEngine engine, IReadOnlyList<decimal> shares)
    {
        var cells = engine.Read(Sql.Of("clv_amounts").With("cell", ClvTables.Cell("clv_12m")), row => (Highest: row.Decimal(0), Customers: row.Long(1))).OrderByDescending(c => c.Highest).ToList();
        var all = cells.Sum(c => c.Customers);
        var cuts = new List<decimal>();
        var (above, next, share) = (0L, 0, 0m);
        foreach (var tier in shares)
        {
            share += tier;
            while (next < cells.Count && above + cells[next].Customers <= Math.Max(1, share * all)) above += cells[next++].Customers;
            cuts.Insert(0, next < cells.Count ? cells[next].Highest : -1);
        }
        return cuts;
    }
}
