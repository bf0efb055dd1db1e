using System.ComponentModel.DataAnnotations;

namespace RfmSpark.Settings;

/// <summary>What channels cost.</summary>
public sealed record ChannelsConfig
{
    /// <summary>A file with columns channel, month (2026-01, or a day in it) and spend, in a format of the orders'; unset for none.</summary>
    public string? SpendFile { get; init; }
    /// <summary>The revenue per unit of spend under which a channel gives budget away, and from which it gets some.</summary>
    [Range(typeof(decimal), "0", "1000")]
    public required decimal TargetRoas { get; init; }
    /// <summary>The largest share of a channel's monthly spend by which a suggestion changes it.</summary>
    [Range(typeof(decimal), "0", "1")]
    public required decimal LargestShift { get; init; }
}
