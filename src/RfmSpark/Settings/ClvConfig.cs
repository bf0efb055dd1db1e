using System.ComponentModel.DataAnnotations;

namespace RfmSpark.Settings;

/// <summary>The model of when customers buy and whether they have left.</summary>
public enum ClvModel
{
    /// <summary>The best by Akaike's criterion among those that the data can tell apart.</summary>
    Auto,
    /// <summary>Customers never leave.</summary>
    Nbd,
    /// <summary>They may leave after each repeat purchase.</summary>
    BgNbd,
    /// <summary>They may leave after each purchase.</summary>
    MbgNbd,
    /// <summary>They may leave at any time.</summary>
    ParetoNbd,
}

/// <summary>Customer lifetime value.</summary>
public sealed record ClvConfig
{
    /// <summary>The model of purchases.</summary>
    public required ClvModel Model { get; init; }
    /// <summary>What money loses in value a year, 0.1 for a tenth.</summary>
    [Range(typeof(decimal), "0", "10")]
    public required decimal AnnualDiscount { get; init; }
    /// <summary>The share of spend that is margin, 0 to 1.</summary>
    [Range(typeof(decimal), "0", "1")]
    public required decimal Margin { get; init; }
    /// <summary>The share of the time that models are fitted to when the rest is held out to see what they foretell, 2/3 to 1; 1 for nothing held out.</summary>
    public required decimal Calibration { get; init; }
    /// <summary>Shares of the customers in the three upper tiers, the highest first; the rest is the fourth.</summary>
    public required IReadOnlyList<decimal> Tiers { get; init; }

    internal IEnumerable<(string Path, string Fault)> Check()
    {
        if (3 * Calibration < 1.999m || Calibration > 1)
            yield return ("calibration", $"is {Calibration}; it must be a share of the time from 2/3 (0.667) to 1");
        if (Tiers.Count != 3 || Tiers.Any(t => t <= 0) || Tiers.Sum() >= 1)
            yield return ("tiers", $"is {string.Join(", ", Tiers)}; it must be three shares of the customers above 0, less than 1 together");
    }
}
