namespace RfmSpark.Settings;

/// <summary>How customers move between segments.</summary>
public sealed record MigrationConfig
{
    /// <summary>How far the day lies back that a run compares with.</summary>
    public required CalendarStep Lookback { get; init; }
}
