using System.Text.RegularExpressions;

namespace RfmSpark.Experiments;

/// <summary>What is to be assigned to whom.</summary>
/// <param name="Name">Letters, digits, points, dashes and underscores: it is the name of a folder, and part of what decides who gets what.</param>
/// <param name="Segments">The strata; empty for all segments.</param>
/// <param name="Holdout">The share of the customers that are left alone, above 0 and below 1.</param>
/// <param name="Arms">What the others get.</param>
/// <param name="Days">How long outcomes will be counted.</param>
/// <param name="Baseline">The share of customers who buy in that time if left alone, 0 to 1; null to take it from the customers' expected orders.</param>
public sealed partial record ExperimentPlan(string Name, IReadOnlyList<string> Segments, decimal Holdout, IReadOnlyList<string> Arms, int Days, double? Baseline)
{
    /// <summary>The arm of those who are left alone.</summary>
    public const string Control = "control";

    /// <summary>All arms, the control first.</summary>
    public IReadOnlyList<string> AllArms => [Control, .. Arms];

    /// <summary>The share of the customers that an arm is to have.</summary>
    public double ShareOf(string arm) => (double)(arm == Control ? Holdout : (1 - Holdout) / Arms.Count);

    /// <summary>Looks for what cannot be.</summary>
    /// <exception cref="ConfigFault">With all faults.</exception>
    public void Check()
    {
        List<string> faults = [];
        if (!Names().IsMatch(Name)) faults.Add($"--name is '{Name}'; write 1 to 64 letters, digits, points, dashes or underscores, a letter or digit first.");
        if (Holdout is <= 0 or >= 1) faults.Add(FormattableString.Invariant($"--holdout is {Holdout}; it must lie between 0 and 1, such as 0.1 for a tenth."));
        if (Arms.Any(string.IsNullOrWhiteSpace)) faults.Add("--arms has an arm without a name; write names with commas between, such as A,B.");
        if (Arms.Contains(Control)) faults.Add($"--arms has '{Control}', which is the arm of the holdout; it is always there.");
        if (Arms.GroupBy(a => a).FirstOrDefault(g => g.Count() > 1) is { } twice) faults.Add($"--arms has '{twice.Key}' twice; an arm needs a name of its own.");
        if (Days is < 1 or > 3660) faults.Add(FormattableString.Invariant($"--days is {Days}; it must be 1 to 3,660."));
        if (Baseline is <= 0 or >= 1 or double.NaN) faults.Add(FormattableString.Invariant($"--baseline is {Baseline}; it must lie between 0 and 1, such as 0.05 for one customer in twenty."));
        if (faults.Count > 0) throw new ConfigFault(faults);
    }

    [GeneratedRegex(@"\A[A-Za-z0-9][A-Za-z0-9._-]{0,63}\z")]
    private static partial Regex Names();
}
