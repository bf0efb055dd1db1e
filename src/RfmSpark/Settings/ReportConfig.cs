using System.ComponentModel.DataAnnotations;

namespace RfmSpark.Settings;

/// <summary>How the page of a run speaks to its readers.</summary>
public sealed record ReportConfig
{
    /// <summary>The page's heading, such as the name of the shop; unset for a plain one.</summary>
    [StringLength(120)]
    public string? Title { get; init; }
    /// <summary>The orders' currency, as a code of ISO 4217; unset for the one that the orders name, if any.</summary>
    [RegularExpression("[A-Z]{3}", ErrorMessage = "it must be a code of ISO 4217 such as EUR or USD")]
    public string? Currency { get; init; }
}
