namespace RfmSpark.Settings;

/// <summary>Periods of the calendar.</summary>
public enum CohortPeriod
{
    /// <summary>Months.</summary>
    Month,
    /// <summary>Weeks, from Monday.</summary>
    Week,
    /// <summary>Quarters of the year.</summary>
    Quarter,
}

/// <summary>Cohorts of customers who began together.</summary>
public sealed record CohortsConfig
{
    /// <summary>The period in which they began, and in which what they did since is counted.</summary>
    public required CohortPeriod Period { get; init; }
}
