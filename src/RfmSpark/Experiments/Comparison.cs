namespace RfmSpark.Experiments;

/// <summary>How an outcome differs between an arm and the control.</summary>
/// <param name="Uplift">Arm minus control, in the outcome's unit.</param>
/// <param name="Low">Lower end of the 95 % interval of the uplift; null if the groups do not tell.</param>
/// <param name="High">Its upper end.</param>
/// <param name="Statistic">z of two proportions, Welch's t of two means.</param>
/// <param name="P">Two-sided: how likely a statistic as far from zero is if there is no difference, 0 to 1.</param>
public readonly record struct Comparison(double Uplift, double? Low, double? High, double? Statistic, double? P);
