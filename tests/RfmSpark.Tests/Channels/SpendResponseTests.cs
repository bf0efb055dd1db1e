using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using RfmSpark.Channels;

namespace RfmSpark.Tests.Channels;

/// <summary>Curves of revenue over spend: found where they are, refused where months do not tell.</summary>
public sealed class SpendResponseTests
{
    [Fact]
    public void A_curve_without_noise_is_found_again()
    {
        var (response, reason) = SpendResponse.Fit([.. Enumerable.Range(1, 8).Select(i => (1000.0 * i, 5000 + (30 * Math.Sqrt(1000.0 * i))))]);

        Assert.Null(reason);
        Assert.Equal(5000, response!.Base, 1e-6);
        Assert.Equal(30, response.Slope, 1e-9);
        // The slope of 30 √s at 2,500 is 30 / 100.
        Assert.Equal(0.3, response.Marginal(2500), 1e-12);
    }

    [Fact]
    public void Few_months_tell_nothing() =>
        Assert.Equal("too few months: 5 with spend are over, and 6 are needed", SpendResponse.Fit([.. Enumerable.Range(1, 5).Select(i => (1000.0 * i, 10.0 * i))]).Reason);

    [Fact]
    public void Spend_that_hardly_varies_tells_nothing() =>
        Assert.StartsWith("spend hardly varied", SpendResponse.Fit([.. Enumerable.Range(1, 9).Select(i => (1000.0 + i, 10.0 * i))]).Reason, StringComparison.Ordinal);

    [Fact]
    public void No_spend_at_all_tells_nothing() =>
        Assert.StartsWith("spend hardly varied", SpendResponse.Fit([.. Enumerable.Range(1, 9).Select(i => (0.0, 10.0 * i))]).Reason, StringComparison.Ordinal);

    [Fact]
    public void Revenue_that_goes_its_own_way_tells_nothing() =>
        Assert.StartsWith("revenue does not rise", SpendResponse.Fit([(100, 9), (200, 5), (300, 9), (400, 5), (500, 9), (600, 5), (700, 9)]).Reason, StringComparison.Ordinal);

    [Property(MaxTest = 1000)]
    public Property Budget_is_moved_within_its_bounds_to_where_it_earns_more()
    {
        var channel =
            from spend in Gen.Choose(100, 100_000)
            from roas in Gen.Choose(1, 80)
            from slope in Gen.Choose(1, 5000)
            select new FundedChannel(spend, roas / 10.0, new SpendResponse(0, slope / 10.0));
        return Prop.ForAll(channel.NonEmptyListOf().Select(list => list.Take(6).ToList()).ToArbitrary(), channels =>
        {
            const double target = 3, largest = 0.2;
            var suggested = BudgetShift.Suggest(channels, target, largest);
            double Revenue(IEnumerable<double> spend) => channels.Zip(spend, (c, s) => c.Response.Slope * Math.Sqrt(s)).Sum();

            Assert.Equal(channels.Sum(c => c.Spend), suggested.Sum(), 1e-6);
            Assert.True(Revenue(suggested) >= Revenue(channels.Select(c => c.Spend)) - 1e-6);
            foreach (var (c, s) in channels.Zip(suggested))
                Assert.InRange(
                    s,
                    c.Roas < target ? c.Spend * (1 - largest) - 1e-6 : c.Spend - 1e-6,
                    c.Roas < target ? c.Spend + 1e-6 : c.Spend * (1 + largest) + 1e-6);

            // Nothing more can be gained: whoever could still give earns as much as whoever could still take, but for a step.
            var step = 2 * channels.Sum(c => c.Spend) / 1000;
            var givers = channels.Zip(suggested).Where(p => p.First.Roas < target && p.Second - (p.First.Spend * (1 - largest)) > 1e-3)
                .Select(p => p.First.Response.Marginal(p.Second - Math.Min(step, p.Second / 2))).ToList();
            var takers = channels.Zip(suggested).Where(p => p.First.Roas >= target && (p.First.Spend * (1 + largest)) - p.Second > 1e-3)
                .Select(p => p.First.Response.Marginal(p.Second + step)).ToList();
            if (givers.Count > 0 && takers.Count > 0) Assert.True(givers.Min() >= takers.Max() - 1e-9);
        });
    }
}
