using System.Globalization;

namespace RfmSpark.Campaigns;

/// <summary>What is done with the customers of one segment.</summary>
/// <param name="Segment">The segment.</param>
/// <param name="Actions">For the tiers of <see cref="CampaignMatrix.Tiers"/>, in their order.</param>
/// <param name="Cost">Money a contact.</param>
/// <param name="Uplift">The share of those contacted who order because of it, 0 to 1.</param>
/// <param name="OrderValue">Money of such an order; null for what an order of those contacted has come to.</param>
public sealed record CampaignRow(string Segment, IReadOnlyList<string> Actions, decimal Cost, decimal Uplift, decimal? OrderValue);

/// <summary>What is done with whom: a row for each segment, an action for each tier.</summary>
/// <param name="Actions">Every action, in the order of priority.</param>
/// <param name="Rows">By segment.</param>
public sealed record CampaignMatrix(IReadOnlyList<string> Actions, IReadOnlyList<CampaignRow> Rows)
{
    /// <summary>The tiers of <c>clv_tier</c>, from the most valuable.</summary>
    public static readonly IReadOnlyList<string> Tiers = ["Top", "Big", "Medium", "Small"];

    /// <summary>The action of those who are not contacted.</summary>
    public const string Suppress = "Suppress";

    /// <summary>1 for the first action.</summary>
    public int Priority(string action) => Actions.Index().First(a => a.Item == action).Index + 1;

    /// <summary>With rows for the second and further clusters of one persona, up to <paramref name="times"/>, which are numbered (Loyal Buyers 2): they are done as the first.</summary>
    public CampaignMatrix WithNumbered(int times) => this with
    {
        Rows = [.. Rows
            .SelectMany(row => Enumerable.Range(1, times), (row, i) =>
                i == 1 ? row : row with { Segment = string.Create(CultureInfo.InvariantCulture, $"{row.Segment} {i}") })
            .DistinctBy(row => row.Segment)],
    };

    /// <summary>What makes the matrix unfit for these segments; empty if nothing does.</summary>
    public IEnumerable<string> Faults(IReadOnlyList<string> segments)
    {
        var missing = segments.Except(Rows.Select(r => r.Segment)).ToList();
        if (missing.Count > 0) yield return $"has no row for {string.Join(", ", missing)}; every segment needs one";
        foreach (var row in Rows)
        {
            if (row.Actions.Count != Tiers.Count) yield return $"{row.Segment} has {row.Actions.Count} actions; it needs one for each of {string.Join(", ", Tiers)}";
            foreach (var action in row.Actions.Except(Actions)) yield return $"{row.Segment}: '{action}' is none of the actions {string.Join(", ", Actions)}";
            if (row.Cost < 0) yield return $"{row.Segment}: cost is {row.Cost}; it must be 0 or more";
            if (row.Uplift is < 0 or > 1) yield return $"{row.Segment}: uplift is {row.Uplift}; it must be a share from 0 to 1";
            if (decimal.Round(row.Cost, 6) != row.Cost || decimal.Round(row.Uplift, 6) != row.Uplift)
                yield return $"{row.Segment}: cost is {row.Cost} and uplift {row.Uplift}; they may have 6 digits after the point";
            if (row.OrderValue is { } value && decimal.Round(value, 2) != value) yield return $"{row.Segment}: orderValue is {value}; it may have 2 digits after the point";
            if (row.OrderValue <= 0) yield return $"{row.Segment}: orderValue is {row.OrderValue}; it must be above 0, or null";
        }
    }
}
