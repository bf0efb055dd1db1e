using RfmSpark.Engine;

namespace RfmSpark.Report.Data;

/// <summary>The customers who are alike in scores, segment, persona, tier and action, and contacted or not: what the page tells of <c>customer_segments</c> in numbers comes from these few hundred sums.</summary>
internal sealed record CustomerGroup(int R, int F, string Segment, string Persona, string? Tier, string Action, int Priority, bool IsContacted, long Customers, decimal Revenue, decimal? Clv12)
{
    internal static IReadOnlyList<CustomerGroup> Read(IEngine engine) => engine.Read(Sql.Inline("""
        SELECT r, f, segment, persona, clv_tier, action, priority, CASE WHEN is_contacted THEN 1 ELSE 0 END, CAST(COUNT(*) AS BIGINT), CAST(SUM(monetary) AS DECIMAL(18, 2)), CAST(SUM(clv_12m) AS DECIMAL(18, 2))
        FROM customer_segments
        GROUP BY r, f, segment, persona, clv_tier, action, priority, is_contacted
        ORDER BY r NULLS FIRST, f NULLS FIRST, segment NULLS FIRST, persona NULLS FIRST, clv_tier NULLS FIRST, action NULLS FIRST, is_contacted NULLS FIRST
        """), row => new CustomerGroup((int)row.Long(0), (int)row.Long(1), row.Text(2)!, row.Text(3)!, row.Text(4), row.Text(5)!, (int)row.Long(6),
            row.Long(7) == 1, row.Long(8), row.Decimal(9), row.DecimalOrNull(10)));
}
