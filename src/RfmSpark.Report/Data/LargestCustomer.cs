using RfmSpark.Engine;

namespace RfmSpark.Report.Data;

/// <summary>The customer who has spent most.</summary>
internal sealed record LargestCustomer(string Id, string Segment, decimal Monetary, int RecencyDays, double? AliveChance, decimal? RevenueAtRisk)
{
    /// <summary>Null if there are no customers.</summary>
    internal static LargestCustomer? Read(IEngine engine) => engine.Read(Sql.Inline("""
        SELECT customer_id, segment, monetary, recency_days, p_alive, revenue_at_risk
        FROM customer_segments
        ORDER BY monetary DESC NULLS LAST, customer_id NULLS FIRST
        LIMIT 1
        """), row => new LargestCustomer(row.Text(0)!, row.Text(1)!, row.Decimal(2), (int)row.Long(3), row.DoubleOrNull(4), row.DecimalOrNull(5))).SingleOrDefault();
}
