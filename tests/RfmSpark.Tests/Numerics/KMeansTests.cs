using FsCheck.Xunit;
using RfmSpark.Numerics;

namespace RfmSpark.Tests.Numerics;

public sealed class KMeansTests
{
    // Exhaustive subset dynamic programming over all partitions of the 20 customers; only 3.3 % of single random starts find the optimum at k = 4.
    [Theory]
    [InlineData(1, 6.1016036959)]
    [InlineData(2, 2.0496998558)]
    [InlineData(3, 0.8902712218)]
    [InlineData(4, 0.5050299264)]
    [InlineData(5, 0.2922331210)]
    [InlineData(6, 0.2074472837)]
    [InlineData(7, 0.1374985136)]
    [InlineData(8, 0.1046843911)]
    public void Ten_starts_find_the_proven_optimum_of_the_20_customers(int k, double within)
    {
        for (var seed = 1UL; seed <= 5; seed++)
        {
            var fit = KMeans.Best(ClusterReference.Case(), k, 10, seed);
            Assert.Equal(within, fit.Within, 1e-10);
            Assert.True(fit.Rested);
        }
    }

    [Fact]
    public void Four_weighted_points_come_out_as_in_scikit_learns_own_test()
    {
        var fit = KMeans.From(ClusterReference.Points([[0, 0], [0.5, 0], [0.5, 1], [1, 1]], [3, 1, 1, 3]), [[0, 0], [1, 1]]);

        Assert.Equal([0, 0, 1, 1], fit.Labels);
        Assert.Equal(0.375, fit.Within, 15);
        Assert.Equal([0.125, 0, 0.875, 1], fit.Centres.SelectMany(c => c));
        Assert.Equal(2, fit.Steps);
    }

    [Property(MaxTest = 50)]
    public void A_weight_is_that_many_points(ulong seed)
    {
        var random = new Pcg32(seed);
        var rows = Rows(random, 30);
        double[] weights = [.. rows.Select(_ => 1.0 + (random.NextUInt() % 4))];
        var seeds = rows.Take(3).ToArray();

        var weighted = KMeans.From(ClusterReference.Points(rows, weights), seeds);
        var repeated = KMeans.From(ClusterReference.Points([.. rows.SelectMany((r, i) => Enumerable.Repeat(r, (int)weights[i]))]), seeds);

        Assert.Equal(repeated.Within, weighted.Within, 1e-9 * repeated.Within);
        Assert.Equal(repeated.Labels, weighted.Labels.SelectMany((l, i) => Enumerable.Repeat(l, (int)weights[i])));
    }

    [Fact]
    public void As_many_clusters_as_points_leave_nothing()
    {
        var points = ClusterReference.Points([.. Rows(new Pcg32(3), 9)]);

        Assert.Equal(0, KMeans.Best(points, 9, 3, 1).Within, 15);
        Assert.Equal(9, points.Distinct());
    }

    [Fact]
    public void A_cluster_that_loses_all_its_points_takes_the_one_that_costs_most()
    {
        // The third centre is nearest to nothing; 10 is farthest from its own.
        var fit = KMeans.From(ClusterReference.Points([[0], [1], [4], [10]]), [[0.5], [6], [100]]);

        Assert.Equal([0, 0, 1, 2], fit.Labels);
        Assert.Equal(0.5, fit.Within, 15);
    }

    [Property(MaxTest = 30)]
    public void On_a_line_it_finds_the_exact_optimum(ulong seed)
    {
        var random = new Pcg32(seed);
        double[] values = [.. Enumerable.Range(0, 40).Select(i => Math.Round((20 * (i % 4)) + (3 * random.NextNormal()), 3)).Distinct().Order()];
        var exact = NaturalBreaks.Split(values, [.. Enumerable.Repeat(1L, values.Length)], 4).WithinSumOfSquares;

        Assert.Equal(exact, KMeans.Best(ClusterReference.Points([.. values.Select(v => new[] { v })]), 4, 10, 1).Within, 1e-9 * exact);
    }

    [Fact]
    public void What_lies_hidden_in_the_points_is_counted()
    {
        var whole = ClusterReference.Points([[0], [2], [10], [12]]);
        var cells = new WeightedPoints([[1, 11]], [2, 2], [2, 2]);

        Assert.Equal(KMeans.Best(whole, 2, 3, 1).Within, KMeans.Best(cells, 2, 3, 1).Within, 15);
    }

    private static double[][] Rows(Pcg32 random, int count) => [.. Enumerable.Range(0, count).Select(_ => new[] { random.NextNormal(), random.NextNormal(), random.NextNormal() })];
}
