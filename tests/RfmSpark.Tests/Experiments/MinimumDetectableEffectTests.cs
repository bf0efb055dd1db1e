using RfmSpark.Experiments;
using RfmSpark.Numerics;

namespace RfmSpark.Tests.Experiments;

public sealed class MinimumDetectableEffectTests
{
    // The formula of the file, solved by scipy.optimize.brentq; for equal groups it is that of R's power.prop.test.
    [Theory]
    [InlineData(0.5, 58, 58, 0.24935258594969065)]
    [InlineData(0.05, 9000, 1000, 0.022987546700255067)]
    [InlineData(0.1, 5000, 5000, 0.017439914809797803)]
    [InlineData(0.02, 90000, 10000, 0.0044156018968937874)]
    public void The_least_uplift_of_a_share_is_the_textbooks(double baseline, long customers, long control, double uplift) =>
        Assert.Equal(uplift, MinimumDetectableEffect.OfProportion(baseline, customers, control)!.Value, 1e-12);

    [Fact]
    public void The_least_uplift_of_a_mean_is_the_textbooks() => Assert.Equal(0.09338617393709894, MinimumDetectableEffect.OfMean(9000, 1000)!.Value, 1e-12);

    [Fact]
    public void That_uplift_is_seen_in_four_of_five_experiments()
    {
        const int experiments = 2000, customers = 1500, control = 500;
        const double baseline = 0.2;
        var uplift = MinimumDetectableEffect.OfProportion(baseline, customers, control)!.Value;
        var random = new Pcg32(11);

        var seen = Enumerable.Range(0, experiments).Count(_ => ProportionTest.Compare(Buyers(customers, baseline + uplift), customers, Buyers(control, baseline), control).P < 0.05);

        // Three standard errors of 2,000 draws of 0.8 are 54.
        Assert.InRange(seen, 1600 - 60, 1600 + 60);

        int Buyers(int n, double share) => Enumerable.Range(0, n).Count(_ => random.NextDouble() < share);
    }

    [Fact]
    public void Groups_that_are_too_small_show_nothing()
    {
        Assert.Null(MinimumDetectableEffect.OfProportion(0.5, 3, 2));
        Assert.Null(MinimumDetectableEffect.OfProportion(0.5, 10, 0));
        Assert.Null(MinimumDetectableEffect.OfMean(0, 10));
    }
}
