using RfmSpark.Clv;
using RfmSpark.Numerics;
using RfmSpark.Simulation;

namespace RfmSpark.Tests.Clv;

/// <summary>Prediction intervals hold what they should: of simulated customers, of draws from the model, of a distribution with a closed form.</summary>
public sealed class SpendIntervalsTests
{
    private const int Observed = 730;
    private const int Ahead = 365;

    [Fact]
    public void Nine_of_ten_customers_bring_what_their_interval_holds_whether_they_bought_once_or_often()
    {
        var customers = new OrderSimulator().Orders(30_000, Observed + Ahead, 5).GroupBy(o => o.Customer)
            .Select(orders => orders.GroupBy(o => o.Day, o => o.Amount).Select(day => (Day: day.Key, Net: (double)day.Sum())).ToList())
            .Where(days => days[0].Day < Observed).Select(days =>
            {
                var past = days.Where(d => d.Day < Observed).ToList();
                return (
                    History: new PurchaseHistory(past.Count - 1, (past[^1].Day - past[0].Day) / 7.0, (Observed - past[0].Day) / 7.0),
                    Spend: past.Skip(1).Sum(d => d.Net),
                    Future: days.Skip(past.Count).Sum(d => d.Net));
            }).ToList();
        var model = PurchaseFit.All(new PurchaseHistories(customers.Select(c => (c.History, 1L)))).MinBy(f => f.Aic)!.Model;
        var spend = GammaGamma.Fit(new RepeatSpends(customers.Select(c => new RepeatSpend(c.History.Repeats, c.Spend / Math.Max(1, c.History.Repeats), 1)))).Model;
        var intervals = new SpendIntervals(model, spend, Ahead / 7.0, customers.Select(c => (c.History.Repeats, c.History.Weeks)));

        Assert.Equal("BG/NBD", model.Name);
        var held = customers.ConvertAll(c =>
        {
            var (low, high) = intervals.Of(c.History.Repeats, c.History.Weeks, model.ProbabilityAlive(c.History));
            var scale = spend.Parameters[2] + c.Spend;
            return (c.History.Repeats, Holds: c.Future >= low * scale && c.Future <= high * scale ? 1.0 : 0);
        });
        Assert.InRange(held.Average(c => c.Holds), 0.88, 0.92);
        foreach (var (from, to) in new[] { (0, 0), (1, 4), (5, int.MaxValue) })
            Assert.InRange(held.Where(c => c.Repeats >= from && c.Repeats <= to).Average(c => c.Holds), 0.88, 0.92);
    }

    [Theory]
    [InlineData("NBD", 4, 40, .99)]
    [InlineData("BG/NBD", 4, 40, .8)]
    [InlineData("MBG/NBD", 0, 40, .5)]
    [InlineData("Pareto/NBD", 30, 50, .97)]
    public void Ends_are_quantiles_and_the_variance_is_that_of_what_is_drawn(string name, int repeats, double weeks, double alive)
    {
        var model = ClvReference.Model(name, 1.2, 6, .9, 7);
        var (p, q) = (6.25, 3.74);
        var random = new Pcg32(9);
        var chances = model.ProbabilitiesWhileAlive(repeats, weeks, 52).Take(400).ToList();
        var draws = new double[40_000];
        for (var i = 0; i < draws.Length; i++)
        {
            if (random.NextDouble() > alive) continue;
            var (n, left) = (0, random.NextDouble());
            while (n < 399 && (left -= chances[n]) > 0) n++;
            if (n > 0) draws[i] = random.NextGamma(p * n) / random.NextGamma(q + (p * repeats));
        }

        var intervals = new SpendIntervals(model, new GammaGamma(p, q, 15.44), 52, [(repeats, weeks)]);
        var (low, high) = intervals.Of(repeats, weeks, alive);

        var (below, above) = (draws.Count(d => d < low) / (double)draws.Length, draws.Count(d => d > high) / (double)draws.Length);
        var nothing = draws.Count(d => d == 0) / (double)draws.Length;
        Assert.InRange(below, nothing >= .05 ? 0 : .045, nothing >= .05 ? 0 : .055);
        Assert.InRange(above, nothing >= .05 ? .094 : .045, nothing >= .05 ? .106 : .055);
        // A one-time buyer's spend has a long tail, of which few draws fall far out.
        var mean = draws.Average();
        var variance = draws.Sum(d => (d - mean) * (d - mean)) / draws.Length;
        Assert.Equal(1, intervals.Variance(repeats, weeks, alive)!.Value / variance, repeats == 0 ? 0.15 : 0.05);
    }

    [Fact]
    public void Where_spend_has_no_variance_none_is_claimed()
    {
        var intervals = new SpendIntervals(new MbgNbd(.5, 6, .9, 1.6), new GammaGamma(.9, 1.5, 15.44), 52, [(0, 50), (1, 50)]);

        Assert.Null(intervals.Variance(0, 50, .5));
        Assert.True(intervals.Variance(1, 50, .5) > 0);
    }

    [Fact]
    public void A_customer_who_has_left_brings_nothing()
    {
        var intervals = new SpendIntervals(new MbgNbd(.5, 6, .9, 1.6), new GammaGamma(6.25, 3.74, 15.44), 52, [(3, 50)]);

        Assert.Equal((0, 0), intervals.Of(3, 50, 0));
        Assert.Equal((0, 0), intervals.Of(3, 50, 0.05));
        Assert.True(intervals.Of(3, 50, 0.2).High > 0);
    }
}
