using FsCheck.Xunit;
using RfmSpark.Clv.Validation;

namespace RfmSpark.Tests.Clv;

/// <summary>Tenths and Gini coefficients against customers laid out one by one.</summary>
public sealed class SpendRankingTests
{
    [Fact]
    public void Tenths_of_ten_customers_are_the_customers()
    {
        var customers = new[] { 3, 9, 1, 7, 5, 10, 2, 8, 6, 4 }.Select(i => new RankedSpend(1, i, 100 - i)).ToList();

        Assert.Equal(customers.OrderByDescending(c => c.Predicted), SpendRanking.Deciles(customers));
    }

    [Fact]
    public void What_nothing_tells_apart_is_spread_evenly()
    {
        var deciles = SpendRanking.Deciles([new RankedSpend(95, 95, 950), new RankedSpend(5, 500, 2000)]);

        Assert.Equal(new RankedSpend(10, 505, 2050), deciles[0]);
        foreach (var tenth in deciles.Skip(1))
        {
            Assert.Equal(10, tenth.Customers, 1e-9);
            Assert.Equal(100, tenth.Actual, 1e-9);
        }
    }

    [Fact]
    public void Gini_is_half_the_mean_difference_over_the_mean()
    {
        double[] spends = [0, 0, 3, 4.5, 10, 22, 0.5, 7];
        var byDefinition = spends.SelectMany(a => spends.Select(b => Math.Abs(a - b))).Average() / spends.Average() / 2;

        Assert.Equal(byDefinition, SpendRanking.Gini([.. spends.Select(s => new RankedSpend(1, 0, s))], c => c.Actual)!.Value, 1e-12);
        Assert.Equal(-byDefinition, SpendRanking.Gini([.. spends.Select(s => new RankedSpend(1, -s, s))], c => c.Predicted)!.Value, 1e-12);
        Assert.Equal(0, SpendRanking.Gini([new RankedSpend(8, 8, 47)], c => c.Predicted)!.Value, 1e-12);
        Assert.Null(SpendRanking.Gini([new RankedSpend(8, 8, 0)], c => c.Predicted));
    }

    [Property]
    public void Nothing_is_lost_between_cells_and_tenths((byte Customers, ushort Predicted, ushort Actual)[] drawn)
    {
        var cells = drawn.Where(c => c.Customers > 0).Select(c => new RankedSpend(c.Customers, c.Predicted, c.Actual)).ToList();
        if (cells.Count == 0) return;
        var deciles = SpendRanking.Deciles(cells);

        Assert.Equal(cells.Sum(c => c.Predicted), deciles.Sum(c => c.Predicted), 1e-6);
        Assert.Equal(cells.Sum(c => c.Actual), deciles.Sum(c => c.Actual), 1e-6);
        foreach (var tenth in deciles) Assert.Equal(cells.Sum(c => c.Customers) / 10, tenth.Customers, 1e-6);
        foreach (var (higher, lower) in deciles.Zip(deciles.Skip(1))) Assert.True(higher.Predicted >= lower.Predicted - 1e-6);
    }
}
