namespace RfmSpark.Experiments;

/// <summary>
/// An uplift freed of what was known of the customers before the start: y − θ(x − x̄) in place of y (Deng, Xu, Kohavi and Walker, "Improving the sensitivity of
/// online controlled experiments by utilizing pre-experiment data", WSDM 2013, on control variates). The expected uplift is the same; its variance is
/// smaller by the share ρ², the squared correlation of x and y within the groups.
/// </summary>
public static class Cuped
{
    /// <summary>
    /// The adjusted comparison, and the share of the variance that it is rid of, 0 to 1; null if x is the same for everybody, or y is. θ = Σ(x − x̄)(y − ȳ) / Σ(x − x̄)² within the
    /// two groups, so that an uplift does not move it. That θ is estimated is not in the interval: its share of the variance falls with the number of customers.
    /// </summary>
    public static (Comparison Adjusted, double VarianceReduction)? Compare(OutcomeSums arm, OutcomeSums control)
    {
        var (joint, before, spread) = (arm.Joint + control.Joint, arm.SpreadBefore + control.SpreadBefore, arm.Spread + control.Spread);
        if (arm.Customers < 2 || control.Customers < 2 || before <= 0 || spread <= 0) return null;
        var theta = joint / before;
        return (WelchTest.Compare(Adjusted(arm), arm.SpreadWithout(theta), arm.Customers, Adjusted(control), control.SpreadWithout(theta), control.Customers), joint * joint / (before * spread));

        double Adjusted(OutcomeSums group) => group.Mean - (theta * group.MeanBefore);
    }
}
