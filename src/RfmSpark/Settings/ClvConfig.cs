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

/// <summary>What margins differ by.</summary>
public enum MarginBy
{
    /// <summary>Nothing.</summary>
    None,
    /// <summary>The channel of the order line.</summary>
    Channel,
    /// <summary>The store of the order line.</summary>
    Store,
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
    /// <summary>What <see cref="Margins"/> go by.</summary>
    public required MarginBy MarginBy { get; init; }
    /// <summary>Channel or store, in lower case → margin; <see cref="Margin"/> for those that are not named. A customer's margin is that of its purchases so far.</summary>
    public required IReadOnlyDictionary<string, decimal> Margins { get; init; }
    /// <summary>The share of the time that models are fitted to when the rest is held out to see what they predict, 2/3 to 1; 1 for nothing held out.</summary>
    public required decimal Calibration { get; init; }
    /// <summary>Horizons of <c>customer_horizons</c>, besides the 3 and 12 months that every customer has; see <see cref="Horizon"/>.</summary>
    public required IReadOnlyList<string> Horizons { get; init; }
    /// <summary>Shares of the customers in the three upper tiers, the highest first; the rest is the fourth.</summary>
    public required IReadOnlyList<decimal> Tiers { get; init; }

    internal IEnumerable<(string Path, string Fault)> Check()
    {
        foreach (var (place, margin) in Margins.Where(m => m.Value is < 0 or > 1))
            yield return ($"margins.{place}", $"is {margin}; it must be a share of spend from 0 to 1");
        if (MarginBy == MarginBy.None && Margins.Count > 0)
            yield return ("marginBy", $"is none, but clv.margins has {string.Join(", ", Margins.Keys.Take(3))}; it must be channel or store");
        foreach (var horizon in Horizons.Where(h => Horizon.Parse(h) is null))
            yield return ("horizons", $"has '{horizon}'; it must be months or weeks of up to ten years, such as 6m or 26w");
        if (Horizons.GroupBy(h => h).FirstOrDefault(g => g.Count() > 1) is { } twice)
            yield return ("horizons", $"has '{twice.Key}' twice");
        if (3 * Calibration < 1.999m || Calibration > 1)
            yield return ("calibration", $"is {Calibration}; it must be a share of the time from 2/3 (0.667) to 1");
        if (Tiers.Count != 3 || Tiers.Any(t => t <= 0) || Tiers.Sum() >= 1)
            yield return ("tiers", $"is {string.Join(", ", Tiers)}; it must be three shares of the customers above 0, less than 1 together");
    }
}
