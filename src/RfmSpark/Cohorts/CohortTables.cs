using RfmSpark.Engine;

namespace RfmSpark.Cohorts;

/// <summary>The tables from which cohorts are counted.</summary>
internal static class CohortTables
{
    private static readonly Column Group = new("group_number", ColumnType.Int, "of the cohort and segment, from 0");

    /// <summary>The cohorts by segment.</summary>
    internal static readonly Table CohortGroups = new("cohort_groups", "one row per cohort and segment with a customer", [], [new("cohort", ColumnType.Int, "number of the period of the first purchase"), Tables.CustomerSegments["segment"], Group]);

    /// <summary>Who belongs to which.</summary>
    internal static readonly Table CohortMembers = new("cohort_members", "one row per customer with a purchase", [], [Tables.CustomerId, Tables.CustomerSegments["first_order"], Group]);
}
