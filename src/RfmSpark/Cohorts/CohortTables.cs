using System.Globalization;
using RfmSpark.Engine;

namespace RfmSpark.Cohorts;

/// <summary>The tables from which cohorts are counted; those with bits have as many columns as the periods need.</summary>
internal static class CohortTables
{
    private static readonly Column Group = new("group_number", ColumnType.Int, "of the cohort and segment, from 0");
    private static readonly Column Period = new("period", ColumnType.Int, "of those in which something was ordered, from 0");

    /// <summary>The cohorts by segment.</summary>
    internal static readonly Table CohortGroups = new("cohort_groups", "one row per cohort and segment with a customer", [], [Period, Tables.CustomerSegments["segment"], Group]);

    /// <summary>Who belongs to which.</summary>
    internal static readonly Table CohortMembers = new("cohort_members", "one row per customer with a purchase", [], [Tables.CustomerId, Tables.CustomerSegments["first_order"], Group]);

    /// <summary>The days, in periods.</summary>
    internal static Table CohortDays(int words) => new("cohort_days", "one row per day with an order", [], [WorkTables.CustomerDays["order_date"], Period, .. Bits(words)]);

    /// <summary>When customers bought.</summary>
    internal static Table ActivePeriods(int words) => new("active_periods", "one row per customer with a purchase", [], [Group, .. Bits(words)]);

    /// <summary>A bit for each period.</summary>
    internal static IEnumerable<Column> Bits(int words) =>
        Enumerable.Range(1, words).Select(i => new Column(string.Create(CultureInfo.InvariantCulture, $"bits_{i}"), ColumnType.Long, "one bit per period"));
}
