using RfmSpark.Prices;

namespace RfmSpark.Tests.Prices;

/// <summary>What sums of squares tell of prices, and when they tell nothing.</summary>
public sealed class PriceElasticityTests
{
    [Fact]
    public void A_slope_and_its_error_come_from_three_sums()
    {
        // 100 lines of 9 products: slope -50 / 25, residual sum of squares 180 - 100 = 80 on 90 degrees of freedom.
        var elasticity = new PriceElasticity(9, 9, 100, 25, -50, 180);

        Assert.Equal(-2, elasticity.Value);
        Assert.Equal(Math.Sqrt(80.0 / 90 / 25), elasticity.StandardError!.Value, 1e-15);
        Assert.Null(elasticity.Note());
    }

    [Fact]
    public void An_effect_within_its_error_is_said_to_be_none_that_is_known() =>
        Assert.Equal("not distinguishable from zero", new PriceElasticity(9, 9, 100, 25, -5, 180).Note());

    [Fact]
    public void A_perfect_fit_has_no_error() => Assert.Equal(0, new PriceElasticity(1, 1, 40, 4, -2, 1).StandardError);

    [Theory]
    [InlineData(0, 0, 0.0, "too few lines: 0 of 0 products bought twice or more")]
    [InlineData(30, 60, 10.0, "too few lines: 60 of 30 products bought twice or more")]
    [InlineData(10, 110, 0.009, "too little price variation: 0.9 % within 10 products")]
    public void Little_data_tells_nothing_and_says_why(long products, long lines, double prices, string note)
    {
        var elasticity = new PriceElasticity(products, products, lines, prices, -1, 5);

        Assert.Null(elasticity.Value);
        Assert.Null(elasticity.StandardError);
        Assert.Equal(note, elasticity.Note());
    }
}
