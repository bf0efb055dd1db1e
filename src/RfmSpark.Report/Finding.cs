namespace RfmSpark.Report;

/// <summary>What the numbers say, and what to do about it.</summary>
/// <param name="Says">A sentence.</param>
/// <param name="Action">What to do, a sentence.</param>
/// <param name="Section">The id of the section that shows it.</param>
internal sealed record Finding(string Says, string Action, string Section);
