using RfmSpark.Clv;
using RfmSpark.Numerics;

namespace RfmSpark.Tests.Clv;

/// <summary>Fits against digits found with another program at exact days: to 6, which hold the three that are published.</summary>
public sealed class PurchaseFitTests
{
    private static readonly PurchaseHistories Histories = new(ClvReference.Cdnow());
    private static readonly Lazy<IReadOnlyList<PurchaseFit>> Fits = new(() => PurchaseFit.All(Histories));

    private static PurchaseFit Fit(string name) => Fits.Value.Single(f => f.Model.Name == name);

    [Theory]
    [InlineData("NBD", -9763.657615, new[] { .3847661, 12.0720228 }, new[] { .02099, .80872 }, 2929.82)]
    [InlineData("Pareto/NBD", -9594.976179, new[] { .553277, 10.5776835, .60624, 11.6687353 }, new[] { .04763, .84272, .18729, 6.21128 }, 1665.513)]
    [InlineData("BG/NBD", -9582.429207, new[] { .2425945, 4.413602, .792922, 2.4259068 }, new[] { .01256, .37822, .18573, .70542 }, 1653.409)]
    [InlineData("MBG/NBD", -9582.135716, new[] { .5248432, 6.1830853, .8913594, 1.6140022 }, new[] { .08327, .69562, .15479, .53749 }, 1576.728)]
    public void The_CDNOW_sample_is_fitted_to_six_digits(string name, double logLikelihood, double[] parameters, double[] errors, double holdout)
    {
        var fit = Fit(name);

        Assert.True(fit.Converged && !fit.OnBound);
        Assert.Equal(logLikelihood, fit.LogLikelihood, 1e-6);
        Assert.Equal(parameters, fit.Model.Parameters, (expected, actual) => Math.Abs(actual - expected) <= 1e-6 * expected * 1.5);
        Assert.Equal(errors, fit.StandardErrors!, (expected, actual) => Math.Abs(actual - expected) <= Math.Max(1e-5, 1e-4 * expected));
        Assert.Equal(holdout, Histories.Mean(h => fit.Model.Expected(h, 39)) * Histories.Customers, 0.006);
    }

    [Fact]
    public void Mean_chances_to_be_alive_differ_between_models_as_known()
    {
        foreach (var (name, mean) in new[] { ("Pareto/NBD", .446277), ("BG/NBD", .813440), ("MBG/NBD", .448721) })
            Assert.Equal(mean, Histories.Mean(Fit(name).Model.ProbabilityAlive), 6e-7);
    }

    [Fact]
    public void Another_unit_of_time_scales_what_is_a_time_and_nothing_else()
    {
        var inDays = PurchaseFit.All(new PurchaseHistories(ClvReference.Cdnow(1)));
        Assert.Equal(Fits.Value.Select(f => f.Model.Name), inDays.Select(f => f.Model.Name));
        foreach (var (weeks, days) in Fits.Value.Zip(inDays))
            for (var i = 0; i < weeks.Model.Parameters.Count; i++)
                Assert.Equal(weeks.Model.ParameterNames[i] is "alpha" or "beta" ? 7 : 1, days.Model.Parameters[i] / weeks.Model.Parameters[i], 2e-6);
    }

    [Fact]
    public void Shuffled_histories_give_the_same_fit_to_the_bit()
    {
        var shuffled = ClvReference.Cdnow().SelectMany(c => Enumerable.Repeat((c.History, 1L), (int)c.Customers)).OrderBy(c => HashCode.Combine(c.History)).ToList();
        var fits = PurchaseFit.All(new PurchaseHistories(shuffled));

        Assert.Equal(Fits.Value.Select(f => (f.Model.Name, f.LogLikelihood)), fits.Select(f => (f.Model.Name, f.LogLikelihood)));
        Assert.Equal(Fits.Value.Select(f => f.Model.Parameters), fits.Select(f => f.Model.Parameters));
    }

    [Theory]
    [InlineData("NBD")]
    [InlineData("BG/NBD")]
    [InlineData("MBG/NBD")]
    [InlineData("Pareto/NBD")]
    public void Derivatives_are_those_of_small_steps(string name)
    {
        foreach (var (a, b, c, d) in new[] { (.5, 6.0, .8, 11.0), (1.7, 12, .3, 4), (.9, 7, 2.2, 7) })
        {
            var model = ClvReference.Model(name, a, b, c, d);
            var sum = PurchaseFit.Sum(model, Histories);
            for (var i = 0; i < model.Parameters.Count; i++)
            {
                var step = 1e-4 * model.Parameters[i];
                var (up, down) = (Moved(i, step), Moved(i, -step));
                Near((up.Value - down.Value) / (2 * step), sum.First(i));
                for (var j = 0; j < model.Parameters.Count; j++) Near((up.First(j) - down.First(j)) / (2 * step), sum.Second(i, j));
            }

            Expansion Moved(int i, double by)
            {
                double[] parameters = [.. model.Parameters];
                parameters[i] += by;
                return PurchaseFit.Sum(model.With(parameters), Histories);
            }
        }

        static void Near(double expected, double actual) => Assert.InRange(Math.Abs(actual - expected), 0, 1e-4 * (1 + Math.Abs(expected)));
    }
}
