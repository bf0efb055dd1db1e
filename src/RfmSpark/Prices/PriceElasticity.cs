using System.Globalization;

namespace RfmSpark.Prices;

/// <summary>
/// Own-price elasticity: the slope of ln(quantity) over ln(price paid for one) within products, which is ordinary least squares with a constant for each product (the within estimator:
/// Wooldridge, "Econometric analysis of cross section and panel data", 2010, section 10.5), from sums over the products.
/// </summary>
/// <param name="Products">Products with two lines or more.</param>
/// <param name="MovingProducts">Those of them whose price was not always the same.</param>
/// <param name="Lines">Their lines.</param>
/// <param name="Prices">Sum of squared deviations of ln(price) from the product's mean.</param>
/// <param name="Both">Sum of the deviations' products.</param>
/// <param name="Quantities">Sum of squared deviations of ln(quantity).</param>
public sealed record PriceElasticity(long Products, long MovingProducts, long Lines, double Prices, double Both, double Quantities)
{
    // With fewer, or with prices that differ by less than about a hundredth, the slope is that of rounding and of chance.
    private const long EnoughDegrees = 30;
    private const double EnoughSpread = 0.01;

    private long Degrees => Lines - Products - 1;

    // Standard deviation of ln(price) within products.
    private double Spread => Lines > Products ? Math.Sqrt(Prices / (Lines - Products)) : 0;

    /// <summary>By how many percent the quantity changes when the price rises by one; null if prices hardly varied or lines are few.</summary>
    public double? Value => Missing() is null ? Both / Prices : null;

    /// <summary>Standard error of <see cref="Value"/>, of lines that are independent and equally uncertain.</summary>
    public double? StandardError => Value is { } slope ? Math.Sqrt(Math.Max(0, Quantities - (slope * Both)) / Degrees / Prices) : null;

    /// <summary>What must be said of it; null if nothing must.</summary>
    public string? Note() => Missing() ?? (Math.Abs(Value!.Value) < 1.96 * StandardError ? "not distinguishable from zero" : null);

    private string? Missing() => Lines == 0 || Degrees < EnoughDegrees
        ? string.Create(CultureInfo.InvariantCulture, $"too few lines: {Lines:N0} of {Products:N0} products bought twice or more")
        : Spread < EnoughSpread ? string.Create(CultureInfo.InvariantCulture, $"too little price variation: {Spread:P1} within {Products:N0} products") : null;
}
