namespace RfmSpark.Experiments;

/// <summary>An outcome of an arm's customers in one segment.</summary>
/// <param name="Segment">Their segment.</param>
/// <param name="Arm">Their arm.</param>
/// <param name="Outcome">What was looked at.</param>
/// <param name="Sums">What it came to.</param>
public sealed record ArmOutcome(string Segment, string Arm, string Outcome, OutcomeSums Sums);

/// <summary>The arms of an experiment.</summary>
/// <param name="Control">The arm that the others are compared with.</param>
/// <param name="Shares">Every arm → the share of the customers that it was to have, any positive numbers.</param>
public sealed record ArmShares(string Control, IReadOnlyDictionary<string, double> Shares)
{
    /// <summary>The arms that are compared with the control.</summary>
    public IReadOnlyList<string> Treated => [.. Shares.Keys.Where(a => a != Control).Order(StringComparer.Ordinal)];
}
