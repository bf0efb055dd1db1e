using RfmSpark.Rfm;
using RfmSpark.Settings;

namespace RfmSpark.Tests.Rfm;

public sealed class ScoreCutsTests
{
    private static readonly RfmConfig Config = SettingsBinder.Bind(new SettingsSources().AddFile(Path.Combine(Checkout.Conf, "base.json"))).Rfm;

    [Fact]
    public void Equal_values_share_a_score_though_a_bin_stays_empty()
    {
        // Frequencies of a shop where 40 % bought once: the first two quintile edges are 1, so score 2 is taken by nobody.
        var values = new ValueCounts([(1, 40), (2, 20), (3, 20), (9, 20)]);
        var cuts = ScoreCuts.Of(values, 1, Config, []);

        var bands = ScoreBand.Of("frequency", values, cuts).Where(b => b.Scheme == "score").ToList();

        Assert.Equal([40L, 0, 20, 20, 20], bands.Select(b => b.Customers));
        Assert.Equal([1, 2, 3, 4, 5], bands.Select(b => b.Score));
    }

    [Fact]
    public void A_recency_score_falls_as_the_days_rise()
    {
        var bands = ScoreBand.Of("recency", new ValueCounts([(1, 1), (2, 1), (3, 1), (4, 1), (5, 1)]), ScoreCuts.Of(new ValueCounts([(1, 1), (2, 1), (3, 1), (4, 1), (5, 1)]), 1, Config, []));

        Assert.Equal([5, 4, 3, 2, 1], bands.Where(b => b.Scheme == "score").Select(b => b.Score));
    }

    [Theory]
    [InlineData(BinEdges.Quantile, 1, 24, 23, 24, 25)]
    [InlineData(BinEdges.QuantilePlusOne, 1, 25, 23, 24, 25)]
    [InlineData(BinEdges.Quantile, 0.01, 24, 23.99, 24, 24.01)]
    [InlineData(BinEdges.QuantilePlusOne, 0.01, 25, 24.98, 24.99, 25)]
    public void Values_that_nobody_has_today_are_cut_by_the_edges_too(BinEdges edges, decimal unit, decimal edge, decimal below, decimal at, decimal above)
    {
        // 0 10 20 30 40: the third quintile, at rank 2.4, is 24.
        var cuts = ScoreCuts.Of(new ValueCounts([(0, 1), (10, 1), (20, 1), (30, 1), (40, 1)]), unit, Config with { Edges = edges }, []);

        Assert.Equal(edge, cuts.Edges[2]);
        Assert.Equal([2, 2, 3], new[] { below, at, above }.Select(value => cuts.Cuts.Count(cut => value > cut)));
    }

    [Fact]
    public void Fixed_thresholds_are_upper_bounds()
    {
        var values = new ValueCounts([(180, 1), (181, 2), (365, 3), (366, 4)]);
        var bands = ScoreBand.Of("recency", values, ScoreCuts.Of(values, 1, Config with { Bins = 3 }, [180, 365])).Where(b => b.Scheme == "score");

        Assert.Equal([(3, 1L), (2, 5L), (1, 4L)], bands.Select(b => (b.Score, b.Customers)));
    }

    [Fact]
    public void One_value_makes_one_band_of_each_kind()
    {
        var values = new ValueCounts([(7, 100)]);
        var bands = ScoreBand.Of("monetary", values, ScoreCuts.Of(values, 1, Config, [])).Where(b => b.Customers > 0).ToList();

        Assert.Equal([("score", 1), ("quartile", 1), ("class", 0)], bands.Select(b => (b.Scheme, b.Score)));
    }
}
