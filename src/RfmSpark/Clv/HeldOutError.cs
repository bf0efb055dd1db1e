namespace RfmSpark.Clv;

/// <summary>By how much a model was off in the weeks held out.</summary>
/// <param name="Share">Of what came: 0.1 for a tenth more predicted than came.</param>
/// <param name="ByChance">How far off, either way, 95 % of such weeks would be by what customers do by chance alone, were the model right.</param>
public readonly record struct HeldOutError(double Share, double ByChance)
{
    /// <summary>How far off it was, either way, if that is more than chance; 0 if it is not.</summary>
    public double BeyondChance => Math.Abs(Share) > ByChance ? Math.Abs(Share) : 0;
}
