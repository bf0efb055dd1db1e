using System.Globalization;
using RfmSpark.Clv;

namespace RfmSpark.Tests.Clv;

/// <summary>Likelihoods, chances and expectations against values at 60 digits, printed examples, and what must hold of any model.</summary>
public sealed class PurchaseModelTests
{
    private static readonly string[] Names = ["NBD", "BG/NBD", "MBG/NBD", "Pareto/NBD"];

    public static TheoryData<string> HardCases => [.. ClvReference.HardCases().Select(row => string.Join(',', row))];

    [Theory, MemberData(nameof(HardCases))]
    public void Hard_cases_come_out_to_nine_digits(string row)
    {
        var cells = row.Split(',');
        double Number(int i) => double.Parse(cells[i], CultureInfo.InvariantCulture);
        var model = ClvReference.Model(cells[0], Number(1), Number(2), Number(3), Number(4));
        var history = new PurchaseHistory((int)Number(5), Number(6), Number(7));

        Near(Number(9), model.LogLikelihood(history), 1e-12);
        Near(Number(10), model.ProbabilityAlive(history), 1e-11);
        Near(Number(11), model.Expected(history, Number(8)), 1e-9);
        if (cells[12] != "") Near(Number(12), model.DiscountedExpected(history, Number(13)), 1e-9);
    }

    [Theory]
    [InlineData("BG/NBD", .243, 4.414, .793, 2.426, "0.00782601 0.0532678912 0.150865231 1.041997036 1.045243328 1.446050595 1.860519058")]
    [InlineData("MBG/NBD", .525, 6.183, .891, 1.614, "0.00778080 0.05308480 0.15086329 1.03404304 1.03718283 1.41972376 1.80475758")]
    [InlineData("Pareto/NBD", .553, 10.578, .606, 11.669, "0.00744081 0.05097984 0.14606119 1.05253619 1.05589613 1.47299680 1.90939813")]
    public void A_new_customer_is_expected_to_buy_as_often_as_at_60_digits(string name, double a, double b, double c, double d, string expected)
    {
        var model = ClvReference.Model(name, a, b, c, d);
        double[] weeks = [1.0 / 7, 1, 3, 223.0 / 7, 32, 52, 78];
        foreach (var (ahead, printed) in weeks.Zip(expected.Split(' ')))
        {
            var digit = 0.6 * Math.Pow(10, -(printed.Length - printed.IndexOf('.', StringComparison.Ordinal) - 1));
            Assert.Equal(double.Parse(printed, CultureInfo.InvariantCulture), model.Expected(default, ahead), digit);
        }
    }

    [Fact]
    public void Buying_more_often_before_the_same_silence_means_less_to_come()
    {
        double[] repeats = [10, 15, 20, 25];
        foreach (var (model, expected) in new (PurchaseModel, double[])[]
        {
            (new BgNbd(.2425967, 4.413659, .7929869, 2.426164), [.34746063, .04283391, .00415897, .00035836852]),
            (new ParetoNbd(.5533971, 10.5801985, .6060625, 11.6562237), [.70596734, .14418780, .02249928, .00309179]),
        })
            foreach (var (x, value) in repeats.Zip(expected)) Near(value, model.Expected(new PurchaseHistory((int)x, 20, 39), 52), 1e-6);
    }

    [Fact]
    public void Discounted_purchases_of_the_published_example_come_out()
    {
        var model = new ParetoNbd(.5629966, 12.5590370, .4081095, 10.5148048);

        Near(1.86418332807, model.DiscountedExpected(new PurchaseHistory(7, 35, 77.86), .0027), 1e-11);
        double[] expected = [2.19915545, 2.84353441, 2.86712839, 2.44541008, 1.84050192, 1.26241647, .809618119, .494803619, .292024702, .167927509];
        for (var x = 1; x <= 10; x++) Near(expected[x - 1], model.DiscountedExpected(new PurchaseHistory(x, 30, 77.86), .0027), 1e-8);
    }

    [Fact]
    public void The_number_of_purchases_is_as_likely_as_at_60_digits()
    {
        var model = new BgNbd(.243, 4.414, .793, 2.426);
        Near(1.07868964e-7, model.Probability(default, 10, 2), 1e-8);
        Near(.573786352, model.Probability(default, 0, 39), 1e-8);
        double[] expected = [.001999521447, .00151702363, .001163315007, .00090031479, .000702363766, .000551790243, .000436191281, .00034671714, .000276961265, .000222226048];
        for (var n = 11; n <= 20; n++) Near(expected[n - 11], model.Probability(default, n, 30), 1e-8);
    }

    [Theory]
    [InlineData("NBD", 0, 0, 0)]
    [InlineData("BG/NBD", 0, 0, 0)]
    [InlineData("MBG/NBD", 0, 0, 0)]
    [InlineData("Pareto/NBD", 0, 0, 0)]
    [InlineData("NBD", 3, 20, 30)]
    [InlineData("BG/NBD", 3, 20, 30)]
    [InlineData("MBG/NBD", 3, 20, 30)]
    [InlineData("Pareto/NBD", 3, 20, 30)]
    public void Chances_of_all_numbers_of_purchases_sum_to_one_and_average_to_the_expectation(string name, int x, double last, double weeks)
    {
        var model = ClvReference.Model(name, .9, 8, .7, 6);
        var history = new PurchaseHistory(x, last, weeks);
        var chances = Enumerable.Range(0, 400).Select(n => model.Probability(history, n, 26)).ToList();

        Assert.Equal(1, chances.Sum(), 1e-10);
        Assert.Equal(model.Expected(history, 26), chances.Select((p, n) => p * n).Sum(), 1e-9);
        Assert.All(chances, p => Assert.InRange(p, 0, 1));
    }

    [Fact]
    public void Nothing_is_expected_in_no_time_and_discounting_away_the_rate_leaves_the_sum_over_weeks()
    {
        foreach (var name in Names)
        {
            var model = ClvReference.Model(name, .9, 8, 1.7, 6);
            var history = new PurchaseHistory(2, 10, 30);
            Assert.Equal(0, model.Expected(history, 0));
            const double Rate = 0.01;
            var inSteps = Enumerable.Range(0, 60000).Sum(i => (model.Expected(history, (i + 1) * .05) - model.Expected(history, i * .05)) * Math.Exp(-Rate * (i + .5) * .05));
            Near(inSteps, model.DiscountedExpected(history, Rate), 1e-6);
        }
    }

    private static void Near(double expected, double actual, double relative)
    {
        // Below the smallest double there is nothing to compare.
        if (Math.Abs(expected) < 1e-290) Assert.InRange(actual, 0, 1e-290);
        else Assert.InRange(Math.Abs(actual - expected) / Math.Abs(expected), 0, relative);
    }
}
