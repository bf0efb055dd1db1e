namespace RfmSpark.Settings;

/// <summary>
/// Every setting of a run, bound once and unchanging. <c>conf/base.json</c> has each with its default; what a setting may be is said here.
/// </summary>
public sealed record JobConfig
{
    /// <summary>The client's files and what counts as an order in them.</summary>
    public required OrdersConfig Orders { get; init; }
    /// <summary>Scores and segments.</summary>
    public required RfmConfig Rfm { get; init; }
    /// <summary>Clusters of customers, and their number.</summary>
    public required ClustersConfig Clusters { get; init; }
    /// <summary>Customer lifetime value.</summary>
    public required ClvConfig Clv { get; init; }
    /// <summary>Cohorts.</summary>
    public required CohortsConfig Cohorts { get; init; }
    /// <summary>Migration between segments.</summary>
    public required MigrationConfig Migration { get; init; }
    /// <summary>What channels cost.</summary>
    public required ChannelsConfig Channels { get; init; }
    /// <summary>Campaigns.</summary>
    public required CampaignsConfig Campaigns { get; init; }
    /// <summary>The page.</summary>
    public required ReportConfig Report { get; init; }
    /// <summary>Resources of the embedded engine.</summary>
    public required EngineConfig Engine { get; init; }

    /// <summary>The faults that only show between settings, each with its path; empty if there are none.</summary>
    public IEnumerable<(string Path, string Fault)> Check()
    {
        foreach (var fault in Orders.Check()) yield return ("orders." + fault.Path, fault.Fault);
        foreach (var fault in Rfm.Check()) yield return ("rfm." + fault.Path, fault.Fault);
        foreach (var fault in Clusters.Check()) yield return ("clusters." + fault.Path, fault.Fault);
        foreach (var fault in Clv.Check()) yield return ("clv." + fault.Path, fault.Fault);
        if (Clv.MarginBy != MarginBy.None && !Orders.Columns.ContainsKey(SettingName.Of(Clv.MarginBy)))
            yield return ("clv.marginBy", $"is {SettingName.Of(Clv.MarginBy)}, but orders.columns.{SettingName.Of(Clv.MarginBy)} names no column of the orders");
        if (Channels.SpendFile is not null && !Orders.Columns.ContainsKey("channel"))
            yield return ("channels.spendFile", $"is {Channels.SpendFile}, but orders.columns.channel names no column of the orders");
    }
}
