using RfmSpark.Engine;

namespace RfmSpark.Report.Data;

/// <summary>How unequally customers' CLV is spread.</summary>
/// <param name="Points">Share of the customers, from the least valuable, and their share of all CLV: from (0, 0) to (1, 1).</param>
/// <param name="Gini">Twice the area between the curve and the line of equal shares, 0 to 1.</param>
internal sealed record LorenzCurve(IReadOnlyList<(double Customers, double Value)> Points, double Gini)
{
    /// <summary>From classes of 1 % of their value, so that no engine must sort all customers; a Gini coefficient is off by less than 0.0001 for it. Null if no CLV is known, or all is 0.</summary>
    internal static LorenzCurve? Read(IEngine engine) => Of(engine.Read(Sql.Inline("""
        SELECT CAST(FLOOR(LN(1 + clv_12m) * 100) AS INT), CAST(COUNT(*) AS BIGINT), CAST(SUM(clv_12m) AS DECIMAL(18, 2))
        FROM customer_segments
        WHERE clv_12m IS NOT NULL
        GROUP BY 1
        ORDER BY 1 NULLS FIRST
        """), row => (row.Long(1), row.Decimal(2))));

    /// <summary>The curve of classes of customers, from the least valuable: how many, and what they come to together.</summary>
    internal static LorenzCurve? Of(IReadOnlyList<(long Customers, decimal Value)> classes)
    {
        double customers = classes.Sum(c => c.Customers), value = (double)classes.Sum(c => c.Value);
        if (customers == 0 || value <= 0) return null;
        List<(double, double)> points = [(0, 0)];
        var (x, y, area) = (0.0, 0.0, 0.0);
        var (count, sum) = (0L, 0m);
        foreach (var (more, worth) in classes)
        {
            (count, sum) = (count + more, sum + worth);
            // Shares of whole sums: shares added up would end beside (1, 1).
            var (toX, toY) = (count / customers, (double)sum / value);
            area += (toX - x) * (y + toY) / 2;
            (x, y) = (toX, toY);
            points.Add((x, y));
        }
        return new LorenzCurve(points, 1 - (2 * area));
    }

    /// <summary>The share of all CLV that lies with the most valuable <paramref name="share"/> of the customers.</summary>
    internal double HeldByTop(double share)
    {
        var after = Points.Index().First(p => p.Item.Customers >= 1 - share - 1e-12).Index;
        if (after == 0) return 1;
        var ((x0, y0), (x1, y1)) = (Points[after - 1], Points[after]);
        return 1 - (y0 + ((y1 - y0) * (1 - share - x0) / (x1 - x0)));
    }
}
