using RfmSpark.Clusters;
using RfmSpark.Rfm;
using RfmSpark.Settings;

namespace RfmSpark.Tests.Clusters;

/// <summary>Scales by hand, and the exactness of whole numbers.</summary>
public sealed class FeatureScaleTests
{
    private static readonly ClustersConfig Config = SettingsBinder.Bind(new SettingsSources().AddFile(Path.Combine(Checkout.Root, "conf", "base.json"))).Clusters with { Winsorize = [] };

    [Fact]
    public void The_three_scalings_are_those_of_the_book()
    {
        var values = new ValueCounts([(0m, 1), (2m, 2), (8m, 1)]);   // mean 3, variance 9

        var z = FeatureScale.Of(Feature.Monetary, values, Config with { Scaling = Scaling.ZScore });
        Assert.Equal([-1, 5.0 / 3], new[] { z.Scaled(0), z.Scaled(8) });

        var log = FeatureScale.Of(Feature.Monetary, values, Config with { Scaling = Scaling.LogZScore });
        var mean = ((2 * Math.Log(3)) + Math.Log(9)) / 4;   // = ln 3
        Assert.Equal(0, log.Scaled(2), 1e-15);
        Assert.Equal(mean, log.Centre, 1e-15);
        Assert.Equal(-Math.Sqrt(2), log.Scaled(0), 1e-14);   // ln 1, ln 3 twice, ln 9: deviations −ln 3, 0, 0, ln 3

        Assert.Equal([1, .75, 0], new[] { 0.0, 2, 8 }.Select(FeatureScale.Of(Feature.Recency, values, Config with { Scaling = Scaling.MinMax }).Scaled));
        Assert.Equal([0, .25, 1], new[] { 0.0, 2, 8 }.Select(FeatureScale.Of(Feature.Monetary, values, Config with { Scaling = Scaling.MinMax }).Scaled));
    }

    [Fact]
    public void Values_beyond_the_quantiles_are_capped_and_counted()
    {
        var scale = FeatureScale.Of(Feature.Monetary, new ValueCounts(Enumerable.Range(0, 101).Select(i => ((decimal)i, 1L))), Config with { Scaling = Scaling.MinMax, Winsorize = [0.05m, 0.9m] });

        Assert.Equal((5, 90), (scale.Low, scale.High));
        Assert.Equal(15.0 / 101, scale.Capped, 1e-15);
        Assert.Equal([0, 0, 1, 1], new[] { scale.Scaled(-7), scale.Scaled(5), scale.Scaled(90), scale.Scaled(1e9) });
    }

    [Theory]
    [InlineData(Scaling.MinMax, 20, 1e12)]
    [InlineData(Scaling.LogZScore, 20, 1e8)]
    [InlineData(Scaling.MinMax, 1_000_000_000, 1e9)]
    [InlineData(Scaling.LogZScore, 1_000_000_000, 1e8)]
    public void Sums_over_all_customers_fit_into_64_bits(Scaling scaling, long customers, double factor)
    {
        var scale = FeatureScale.Of(Feature.Monetary, new ValueCounts([(0m, 1), (9m, 1)]), Config with { Scaling = scaling });
        var space = new FeatureSpace([scale], customers, new DateOnly(2026, 1, 1));

        Assert.Equal(factor, space.Factor);
        Assert.True(customers * Math.Abs((decimal)space.Whole([scale.Reach])[0]) < long.MaxValue);
    }
}
