using RfmSpark.Experiments;
using RfmSpark.Numerics;

namespace RfmSpark.Tests.Experiments;

/// <summary>The tests against scipy 1.10.1, a worked example and simulation.</summary>
public sealed class ComparisonTests
{
    [Fact]
    public void Two_proportions_are_those_of_the_published_experiment()
    {
        // Hillstrom's e-mail test: 3,894 of 21,307 visited with the mail to men, 2,262 of 21,306 without a mail.
        var visits = ProportionTest.Compare(3894, 21307, 2262, 21306);

        Assert.Equal(
            (0.076590, 0.069954, 0.083226, 22.486),
            (
                Math.Round(visits.Uplift, 6), Math.Round(visits.Low!.Value, 6),
                Math.Round(visits.High!.Value, 6), Math.Round(visits.Statistic!.Value, 3)));
        // 2 * scipy.stats.norm.sf(22.48604082719282)
        Assert.Equal(1, visits.P!.Value / 5.685165482802317e-112, 1e-9);
    }

    // Newcombe 1998, table II, method 10.
    [Theory]
    [InlineData(56, 70, 48, 80, 0.0524, 0.3339)]
    [InlineData(9, 10, 3, 10, 0.1705, 0.8090)]
    [InlineData(6, 7, 2, 7, 0.0582, 0.8062)]
    [InlineData(5, 56, 0, 29, -0.0381, 0.1926)]
    public void The_interval_of_few_who_convert_is_that_of_Newcombe(double converted, long customers, double controlConverted, long controlCustomers, double low, double high)
    {
        var test = ProportionTest.Compare(converted, customers, controlConverted, controlCustomers);

        Assert.Equal((low, high), (Math.Round(test.Low!.Value, 4), Math.Round(test.High!.Value, 4)));
    }

    [Fact]
    public void A_mean_of_what_few_customers_have_is_not_tested()
    {
        // 9 of 900 bought, and none of 100: the share of buyers does not differ (z test, p 0.315), and Welch's test of what they spent says p 0.01.
        var (arm, control) = (new OutcomeSums(900, 9, 9, 450, 24_000, 0, 0, 0), new OutcomeSums(100, 0, 0, 0, 0, 0, 0, 0));
        Assert.InRange(WelchTest.Compare(arm.Mean, arm.Spread, 900, control.Mean, control.Spread, 100).P!.Value, 0, 0.02);

        var effect = new Effect("spend", null, "mail", arm, control, IsProportion: false, RatioP: 1);

        Assert.Equal(new Comparison(0.5, null, null, null, null), effect.Plain);
        Assert.Null(effect.Adjusted);
    }

    [Theory]
    [InlineData(900, 30, false)]
    [InlineData(900, 29, true)]
    [InlineData(40, 20, false)]
    [InlineData(41, 20, true)]
    public void What_thirty_customers_have_or_half_of_them_is_not_rare(long customers, long notZero, bool isRare) =>
        Assert.Equal(isRare, new OutcomeSums(customers, notZero, notZero, 1, 1, 0, 0, 0).IsRare);

    [Fact]
    public void Two_means_are_compared_as_scipy_does()
    {
        double[] a = [27.5, 21.0, 19.0, 23.6, 17.0, 17.9, 16.9, 20.1, 21.9, 22.6, 23.1, 19.6, 19.0, 21.7, 21.4];
        double[] b = [27.1, 22.0, 20.8, 23.4, 23.4, 23.5, 25.8, 22.0, 24.8, 20.2, 21.9, 22.1, 22.9, 30.5, 24.2];
        var (x, y) = (Sums(a, a), Sums(b, b));

        var test = WelchTest.Compare(x.Mean, x.Spread, x.Customers, y.Mean, y.Spread, y.Customers);

        // scipy.stats.ttest_ind(a, b, equal_var=False); its confidence_interval is uplift ± ppf(0.975, 27.86) * error.
        Assert.Equal(-2.8413222713783814, test.Statistic!.Value, 1e-10);
        Assert.Equal(0.008303425483320217, test.P!.Value, 1e-10);
        Assert.Equal(test.Uplift, (test.Low!.Value + test.High!.Value) / 2, 1e-12);
    }

    [Theory]
    [InlineData(0, 10, 0, 10)]
    [InlineData(10, 10, 7, 7)]
    public void Where_nobody_differs_nothing_is_tested(double converted, long customers, double controlConverted, long controlCustomers) =>
        Assert.Equal(new Comparison(0, null, null, null, null), ProportionTest.Compare(converted, customers, controlConverted, controlCustomers));

    [Fact]
    public void A_group_of_one_has_a_mean_and_no_test() => Assert.Equal(new Comparison(2, null, null, null, null), WelchTest.Compare(5, 0, 1, 3, 4, 9));

    [Theory]
    [InlineData(3, 3)]
    [InlineData(7, 11)]
    [InlineData(1000, 300)]
    [InlineData(123457, 65432)]
    public void Where_every_customer_of_an_arm_spends_the_same_nothing_but_the_uplift_is_known(int customers, int controlCustomers)
    {
        var (arm, control) = (Same(19.99m, 4.35m, customers), Same(9.99m, 4.35m, controlCustomers));

        var test = WelchTest.Compare(arm.Mean, arm.Spread, arm.Customers, control.Mean, control.Spread, control.Customers);

        Assert.Equal(10, test.Uplift, 1e-9);
        Assert.Equal(test with { Low = null, High = null, Statistic = null, P = null }, test);
        Assert.Equal((0.0, 0.0), (arm.SpreadBefore, control.SpreadBefore));
        Assert.Null(Cuped.Compare(arm, control));
    }

    [Fact]
    public void A_small_spread_is_one()
    {
        // 19.99 and 20.00 by turns: each of a hundred is half a cent from the mean.
        decimal[] money = [.. Enumerable.Range(0, 100).Select(i => 19.99m + (i % 2 * 0.01m))];

        Assert.Equal(100 * 0.005 * 0.005, Exact(money, money).Spread, 1e-9);
    }

    [Theory]
    [InlineData(5)]
    [InlineData(50)]
    [InlineData(333)]
    [InlineData(4001)]
    public void Cuped_that_explains_everything_leaves_nothing_but_the_uplift(int customers)
    {
        decimal[] before = [.. Enumerable.Range(0, customers).Select(i => 4.35m + (i * 0.37m))];
        decimal[] after = [.. before.Select(b => (b * 1.3m) + 19.99m)], treated = [.. after.Select(a => a + 10)];

        var cuped = Cuped.Compare(Exact(treated, before), Exact(after, before))!.Value;

        Assert.Equal(10, cuped.Adjusted.Uplift, 1e-9);
        Assert.Equal(cuped.Adjusted with { Low = null, High = null, Statistic = null, P = null }, cuped.Adjusted);
        Assert.Equal(1, cuped.VarianceReduction, 1e-9);
    }

    [Fact]
    public void Holms_correction_is_that_of_the_worked_example()
    {
        // p.adjust(c(0.01, 0.04, 0.03, 0.005), "holm") in R
        Assert.Equal([0.03, null, 0.06, 0.06, 0.02], HolmCorrection.Of([0.01, null, 0.04, 0.03, 0.005]).Select(p => p is { } v ? Math.Round(v, 12) : (double?)null));
        Assert.Equal([1.0, 1.0], HolmCorrection.Of([0.9, 0.6]));
        Assert.Empty(HolmCorrection.Of([]));
    }

    [Fact]
    public void The_ratio_of_arms_is_checked_as_scipy_does()
    {
        // scipy.stats.chisquare([21307, 21387, 21306]), and against 40, 30 and 30 %
        var right = SampleRatio.Check([21307, 21387, 21306], [1, 1, 1]);
        Assert.Equal(0.20253125, right.ChiSquare, 1e-12);
        Assert.Equal(0.9036929575604196, right.P, 1e-12);
        var wrong = SampleRatio.Check([21307, 21387, 21306], [0.4, 0.3, 0.3]);
        Assert.Equal(1200.0308203125, wrong.ChiSquare, 1e-8);
        Assert.Equal(1, wrong.P / 2.609866616386714e-261, 1e-8);
    }

    [Fact]
    public void Cuped_takes_away_the_squared_correlation_and_leaves_the_uplift()
    {
        const double correlation = 0.7, uplift = 0.3;
        const int experiments = 400, customers = 500;
        List<double> plain = [], adjusted = [], reductions = [];
        var covered = 0;
        for (var i = 0; i < experiments; i++)
        {
            var random = new Pcg32(7, (ulong)i);
            var (arm, control) = (Group(random, uplift), Group(random, 0));
            var cuped = Cuped.Compare(arm, control)!.Value;
            plain.Add(arm.Mean - control.Mean);
            adjusted.Add(cuped.Adjusted.Uplift);
            reductions.Add(cuped.VarianceReduction);
            if (cuped.Adjusted.Low < uplift && uplift < cuped.Adjusted.High) covered++;
        }

        // Means over 400 experiments, four standard errors wide.
        Assert.Equal(uplift, adjusted.Average(), 4 * Math.Sqrt(Variance(adjusted) / experiments));
        Assert.Equal(correlation * correlation, reductions.Average(), 0.01);
        Assert.InRange(Variance(adjusted) / Variance(plain), 0.51 * 0.8, 0.51 * 1.25);
        Assert.InRange(covered, 365, 395);

        OutcomeSums Group(Pcg32 random, double effect)
        {
            var (x, y) = (new double[customers], new double[customers]);
            for (var c = 0; c < customers; c++)
            {
                x[c] = random.NextNormal();
                y[c] = effect + (correlation * x[c]) + (Math.Sqrt(1 - (correlation * correlation)) * random.NextNormal());
            }
            return Sums(y, x);
        }
    }

    [Fact]
    public void Without_anything_known_before_there_is_no_cuped() => Assert.Null(Cuped.Compare(Sums([1, 2, 3], [5, 5, 5]), Sums([1, 2, 4], [5, 5, 5])));

    private static double Variance(IReadOnlyList<double> values) => values.Sum(v => (v - values.Average()) * (v - values.Average())) / (values.Count - 1);

    private static OutcomeSums Same(decimal y, decimal x, int customers) => Exact([.. Enumerable.Repeat(y, customers)], [.. Enumerable.Repeat(x, customers)]);

    // As the engine adds up: exactly, and a double of what it comes to.
    private static OutcomeSums Exact(decimal[] y, decimal[] x) => new(
        y.Length, y.Length, y.Count(v => v != 0), (double)y.Sum(), (double)y.Sum(v => v * v), (double)x.Sum(), (double)x.Sum(v => v * v),
        (double)y.Zip(x, (a, b) => a * b).Sum());

    private static OutcomeSums Sums(double[] y, double[] x) => new(y.Length, y.Length, y.Count(v => v != 0), y.Sum(), y.Sum(v => v * v), x.Sum(), x.Sum(v => v * v), y.Zip(x, (a, b) => a * b).Sum());
}
