namespace RfmSpark.Experiments;

/// <summary>What an arm did to an outcome: a row of <see cref="ExperimentTables.Results"/>.</summary>
/// <param name="Outcome">What was looked at.</param>
/// <param name="Segment">Of which customers; null for all.</param>
/// <param name="Arm">The arm.</param>
/// <param name="Group">Its sums.</param>
/// <param name="Control">Those of the control.</param>
/// <param name="IsProportion">Whether the outcome is a yes or a no for everybody in the experiment.</param>
/// <param name="RatioP">How likely sizes as far from the arms' shares are; null if there is only one customer or none.</param>
public sealed record Effect(string Outcome, string? Segment, string Arm, OutcomeSums Group, OutcomeSums Control, bool IsProportion, double? RatioP)
{
    /// <summary>Whether there is no test of the mean, since too few customers of a group have any outcome.</summary>
    public bool IsRare { get; } = Group.IsRare || Control.IsRare;

    /// <summary>Arm against control; null if one of them has no customers. Of a mean of rare outcomes the uplift alone.</summary>
    public Comparison? Plain { get; } = Group.Customers == 0 || Control.Customers == 0 ? null
        : IsProportion ? ProportionTest.Compare(Group.Total, Group.Customers, Control.Total, Control.Customers)
        : Group.IsRare || Control.IsRare ? new Comparison(Group.Mean - Control.Mean, null, null, null, null)
        : WelchTest.Compare(Group.Mean, Group.Spread, Group.Customers, Control.Mean, Control.Spread, Control.Customers);

    /// <summary>The same, freed of what was known before; null of rare outcomes.</summary>
    public (Comparison Adjusted, double VarianceReduction)? Adjusted { get; } = Group.IsRare || Control.IsRare ? null : Cuped.Compare(Group, Control);

    /// <summary>The probability of <see cref="Plain"/>, corrected for the other tests of the outcome.</summary>
    public double? PHolm { get; init; }
}
