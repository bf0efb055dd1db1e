using RfmSpark.Engine;

namespace RfmSpark.Report.Data;

/// <summary>A cohort in one of its periods: a row of <c>cohort_retention</c> of all its customers.</summary>
internal sealed record CohortPeriod(DateOnly Cohort, int Period, long Customers, long Active, double Retention, decimal RevenuePerCustomer)
{
    internal static IReadOnlyList<CohortPeriod> Read(IEngine engine) => engine.Read(Sql.Inline("""
        SELECT cohort, period, customers, active, retention, revenue_per_customer
        FROM cohort_retention
        WHERE segment IS NULL
        ORDER BY cohort NULLS FIRST, period NULLS FIRST
        """), row => new CohortPeriod(row.Date(0), (int)row.Long(1), row.Long(2), row.Long(3), row.Double(4), row.Decimal(5)));
}
