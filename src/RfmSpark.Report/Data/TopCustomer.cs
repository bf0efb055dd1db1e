using RfmSpark.Engine;

namespace RfmSpark.Report.Data;

/// <summary>One of the customers with the highest CLV.</summary>
internal sealed record TopCustomer(string Id, string Segment, string Persona, decimal Monetary, double? AliveChance, decimal Clv12, decimal? Low, decimal? High, string Action)
{
    private const int Most = 20;

    internal static IReadOnlyList<TopCustomer> Read(IEngine engine) => engine.Read(Sql.Inline($"""
        SELECT customer_id, segment, persona, monetary, p_alive, clv_12m, clv_12m_low, clv_12m_high, action
        FROM customer_segments
        WHERE clv_12m IS NOT NULL
        ORDER BY clv_12m DESC NULLS LAST, customer_id NULLS FIRST
        LIMIT {Most}
        """), row => new TopCustomer(row.Text(0)!, row.Text(1)!, row.Text(2)!, row.Decimal(3), row.DoubleOrNull(4), row.Decimal(5), row.DecimalOrNull(6), row.DecimalOrNull(7), row.Text(8)!));
}
