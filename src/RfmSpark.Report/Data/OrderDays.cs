using RfmSpark.Engine;

namespace RfmSpark.Report.Data;

/// <summary>When somebody ordered last, and when somebody did so for the first time.</summary>
internal sealed record OrderDays(DateOnly LastFirst, DateOnly Last)
{
    /// <summary>Null if there are no customers.</summary>
    internal static OrderDays? Read(IEngine engine) =>
        engine.Read(Sql.Inline("SELECT MAX(first_order), MAX(last_order) FROM customer_segments HAVING COUNT(*) > 0"), row => new OrderDays(row.Date(0), row.Date(1))).SingleOrDefault();
}
