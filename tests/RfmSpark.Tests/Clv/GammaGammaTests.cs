using RfmSpark.Clv;
using RfmSpark.Numerics;

namespace RfmSpark.Tests.Clv;

/// <summary>The model of spend against our own digits found with another program, and the printed ones.</summary>
public sealed class GammaGammaTests
{
    private static readonly RepeatSpends Cdnow = new(ClvReference.CdnowSpend().Select(s => new RepeatSpend(s.Repeats, s.Spend / s.Repeats, 1)));

    [Fact]
    public void The_CDNOW_sample_is_fitted_to_six_digits()
    {
        var fit = GammaGamma.Fit(Cdnow);

        Assert.Equal(946, Cdnow.Customers);
        Assert.True(fit.Converged && !fit.OnBound);
        Assert.Equal(-4055.917695, fit.LogLikelihood, 1e-6);
        Assert.Equal([6.24957227, 3.74422467, 15.44352096], fit.Model.Parameters, (expected, actual) => Math.Abs(actual - expected) <= 1e-6 * expected);
        Assert.Equal([1.19005, .29013, 4.15942], fit.StandardErrors!, (expected, actual) => Math.Abs(actual - expected) <= 1e-5);
        Assert.Equal(35.170371, fit.Model.Expected(0, 0), 1e-6);
    }

    [Fact]
    public void Frequency_and_spend_of_the_CDNOW_sample_hardly_go_together()
    {
        var (value, low, high) = Cdnow.Correlation();

        Assert.Equal(.11389, value, 5e-6);
        Assert.Equal(.11389 - .0631, low, 1e-3);
        Assert.Equal(.11389 + .0622, high, 1e-3);
    }

    [Theory]
    [InlineData(2, 22.35, 24.663714)]
    [InlineData(1, 11.77, 18.916852)]
    [InlineData(0, 0, 35.218978)]
    [InlineData(7, 73.74, 71.469671)]
    [InlineData(2, 25.55, 27.288386)]
    [InlineData(3, 35, 35.02791996)]
    public void Expected_spend_is_the_published_one(int repeats, double mean, double expected) =>
        Assert.Equal(expected, new GammaGamma(6.25, 3.74, 15.44).Expected(repeats, mean), 1e-6);

    [Fact]
    public void Derivatives_are_those_of_small_steps()
    {
        double[] at = [3, 2.2, 40];
        var sum = Of(at);
        for (var i = 0; i < 3; i++)
        {
            var step = 1e-4 * at[i];
            var (up, down) = (Of([.. at.Select((v, j) => j == i ? v + step : v)]), Of([.. at.Select((v, j) => j == i ? v - step : v)]));
            Assert.Equal((up.Value - down.Value) / (2 * step), sum.First(i), 1e-5 * (1 + Math.Abs(sum.First(i))));
            for (var j = 0; j < 3; j++) Assert.Equal((up.First(j) - down.First(j)) / (2 * step), sum.Second(i, j), 1e-5 * (1 + Math.Abs(sum.Second(i, j))));
        }

        static Expansion Of(double[] at) => GammaGamma.Sum(Cdnow, at[0], at[1], at[2]);
    }

    [Fact]
    public void Spend_without_a_mean_is_kept_above_it_and_said()
    {
        // Every customer on a scale of its own, a hundred times the last one's: q would be below 1.
        var fit = GammaGamma.Fit(new RepeatSpends(Enumerable.Range(0, 9).SelectMany(i => new[] { 4, 6 }.Select(x => new RepeatSpend(x, Math.Pow(100, i), 1)))));

        Assert.True(fit.HasNoMean);
        Assert.True(fit.Model.Expected(0, 0) > 0);
    }

    [Fact]
    public void Trigamma_has_its_known_values()
    {
        Assert.Equal(Math.PI * Math.PI / 6, Trigamma.Of(1), 1e-14);
        Assert.Equal(Math.PI * Math.PI / 2, Trigamma.Of(.5), 1e-14);
        Assert.Equal(1e10 + (Math.PI * Math.PI / 6), Trigamma.Of(1e-5), 1e-4);
        Assert.Equal(MathNet.Numerics.SpecialFunctions.DiGamma(30.0001) - MathNet.Numerics.SpecialFunctions.DiGamma(29.9999), 2e-4 * Trigamma.Of(30), 1e-12);
    }
}
