using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using RfmSpark.Numerics;

namespace RfmSpark.Tests.Numerics;

public sealed class NaturalBreaksTests
{
    [Fact]
    public void Classes_by_hand()
    {
        // 1 1 2 | 10 11 | 100: means 4/3, 10.5, 100; squares 2/3 + 1/2 + 0.
        var (starts, squares) = NaturalBreaks.Split([1, 2, 10, 11, 100], [2, 1, 1, 1, 1], 3);

        Assert.Equal([2, 4], starts);
        Assert.Equal((2.0 / 3) + 0.5, squares, 12);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(10)]
    [InlineData(0.1)]
    [InlineData(3)]
    [InlineData(0.7)]
    public void Of_two_splits_as_good_the_lower_one_is_taken_in_any_unit(double unit)
    {
        // 1 2 | 3 4 | 5 | 6 7 and 1 2 | 3 | 4 5 | 6 7 both leave squares of 94 / 13.
        var (starts, squares) = NaturalBreaks.Split([.. Enumerable.Range(1, 7).Select(v => v * unit)], [4, 8, 6, 7, 6, 4, 2], 4);

        Assert.Equal([2, 3, 5], starts);
        Assert.Equal(94.0 / 13 * unit * unit, squares, 9);
    }

    [Fact]
    public void Fewer_values_than_classes_make_a_class_of_each()
    {
        var (starts, squares) = NaturalBreaks.Split([1, 5], [7, 9], 4);

        Assert.Equal([1], starts);
        Assert.Equal(0, squares);
    }

    [Property(MaxTest = 300)]
    public Property No_other_split_is_better() => Prop.ForAll(
        ArbMap.Default.ArbFor<NonEmptyArray<(int Value, PositiveInt Weight)>>(), input =>
        {
            var points = input.Get.GroupBy(p => p.Value % 50).OrderBy(g => g.Key).Take(12).Select(g => (Value: (double)g.Key, Weight: (long)(g.First().Weight.Get % 9) + 1)).ToList();
            var (values, weights) = (points.ConvertAll(p => p.Value), points.ConvertAll(p => p.Weight));

            var (starts, squares) = NaturalBreaks.Split(values, weights, 4);

            Assert.Equal(BruteForce(values, weights, 0, Math.Min(4, values.Count)), squares, 6);
            Assert.Equal(squares, Cost(values, weights, [0, .. starts, values.Count]), 6);
        });

    [Theory]
    [InlineData(1e6)]
    [InlineData(1e9)]
    [InlineData(1e12)]
    public void Values_far_from_one_that_is_greater_than_all_are_split_as_well(double greatest)
    {
        List<double> values = [1, 2, 4, 8, 9, 30, 31, 33, 70, 71, greatest];
        List<long> weights = [3, 1, 4, 1, 5, 9, 2, 6, 5, 3, 1];

        var (starts, squares) = NaturalBreaks.Split(values, weights, 4);

        Assert.Equal([5, 8, 10], starts);
        Assert.Equal(BruteForce(values, weights, 0, 4), squares, 1e-9 * squares);
    }

    [Fact]
    public void Large_values_lose_no_digits()
    {
        double[] near = [1e9, 1e9 + 1, 1e9 + 10, 1e9 + 11];

        Assert.Equal(1.0, NaturalBreaks.Split(near, [1, 1, 1, 1], 2).WithinSumOfSquares, 9);
    }

    private static double BruteForce(List<double> values, List<long> weights, int from, int k)
    {
        if (k == 1) return Cost(values, weights, [from, values.Count]);
        return Enumerable.Range(from + 1, values.Count - from - k + 1).Min(end => Cost(values, weights, [from, end]) + BruteForce(values, weights, end, k - 1));
    }

    private static double Cost(List<double> values, List<long> weights, IReadOnlyList<int> bounds)
    {
        var cost = 0.0;
        for (var c = 0; c + 1 < bounds.Count; c++)
        {
            var range = Enumerable.Range(bounds[c], bounds[c + 1] - bounds[c]).ToList();
            var mean = range.Sum(i => values[i] * weights[i]) / range.Sum(i => weights[i]);
            cost += range.Sum(i => weights[i] * (values[i] - mean) * (values[i] - mean));
        }
        return cost;
    }
}
