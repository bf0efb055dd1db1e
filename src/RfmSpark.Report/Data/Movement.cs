using RfmSpark.Engine;

namespace RfmSpark.Report.Data;

/// <summary>Customers who went from one segment to another: rows of <c>segment_migration</c>, all cohorts together.</summary>
internal sealed record Movement(string Scheme, string From, string To, long Customers, decimal Revenue)
{
    internal static IReadOnlyList<Movement> Read(IEngine engine) => engine.Read(Sql.Inline("""
        SELECT scheme, from_segment, to_segment, CAST(SUM(customers) AS BIGINT), CAST(SUM(revenue) AS DECIMAL(18, 2))
        FROM segment_migration
        GROUP BY scheme, from_segment, to_segment
        ORDER BY scheme NULLS FIRST, from_segment NULLS FIRST, to_segment NULLS FIRST
        """), row => new Movement(row.Text(0)!, row.Text(1)!, row.Text(2)!, row.Long(3), row.Decimal(4)));
}

/// <summary>Which day movements start from, and where its customers come from.</summary>
internal sealed record MovementStart(DateOnly Day, bool IsPublished)
{
    /// <summary>Null if nobody is there to move.</summary>
    internal static MovementStart? Read(IEngine engine) =>
        engine.Read(Sql.Inline("SELECT MAX(from_as_of), MAX(snapshot) FROM segment_migration HAVING COUNT(*) > 0"),
            row => new MovementStart(row.Date(0), row.Text(1) == "published")).SingleOrDefault();
}

/// <summary>Good customers who begin to stay away: the warnings of <c>segment_changes</c> since the day compared with, and those with most to lose.</summary>
internal sealed record EarlyWarnings(DateOnly? Since, long Customers, decimal? Clv12, decimal? RevenueAtRisk, IReadOnlyList<EarlyWarning> Most)
{
    private const int Listed = 15;

    internal static EarlyWarnings Read(IEngine engine)
    {
        var most = engine.Read(Sql.Inline($"""
            SELECT customer_id, from_segment, to_segment, clv_12m, revenue_at_risk
            FROM segment_changes
            WHERE is_warning
            ORDER BY clv_12m DESC NULLS LAST, customer_id NULLS FIRST
            LIMIT {Listed}
            """), row => new EarlyWarning(row.Text(0)!, row.Text(1)!, row.Text(2)!, row.DecimalOrNull(3), row.DecimalOrNull(4)));
        return engine.Read(Sql.Inline("SELECT MAX(from_as_of), CAST(COUNT(*) AS BIGINT), "
                + "CAST(SUM(clv_12m) AS DECIMAL(18, 2)), CAST(SUM(revenue_at_risk) AS DECIMAL(18, 2)) FROM segment_changes WHERE is_warning"),
            row => new EarlyWarnings(row.IsNull(0) ? null : row.Date(0), row.Long(1), row.DecimalOrNull(2), row.DecimalOrNull(3), most)).Single();
    }
}

/// <summary>One of them.</summary>
internal sealed record EarlyWarning(string Id, string From, string To, decimal? Clv12, decimal? RevenueAtRisk);
