using System.ComponentModel.DataAnnotations;

namespace RfmSpark.Settings;

/// <summary>What campaigns go by.</summary>
public enum CampaignsBy
{
    /// <summary>The persona of the cluster.</summary>
    Persona,
    /// <summary>The segment of the RFM legend.</summary>
    Segment,
}

/// <summary>What is done with whom, and when it is worth it.</summary>
public sealed record CampaignsConfig
{
    /// <summary>The <see cref="File"/> that comes with the program, whose costs and responses are examples.</summary>
    public const string ShippedFile = "campaigns.json";

    /// <summary>The file of actions, beside <c>base.json</c>.</summary>
    public required string File { get; init; }
    /// <summary>What its matrix goes by; the matrix is that of the name of <c>clusters.personas</c> or <c>rfm.legend</c>.</summary>
    public required CampaignsBy By { get; init; }
    /// <summary>The least return on a campaign's cost, 0.5 for a half.</summary>
    [Range(typeof(decimal), "-1", "1000")]
    public required decimal MinRoi { get; init; }
    /// <summary>Money for all campaigns; unset for no limit.</summary>
    [Range(typeof(decimal), "0", "1000000000000")]
    public decimal? Budget { get; init; }
}
