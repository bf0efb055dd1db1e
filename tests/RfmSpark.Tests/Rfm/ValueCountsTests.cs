using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using RfmSpark.Rfm;

namespace RfmSpark.Tests.Rfm;

public sealed class ValueCountsTests
{
    [Fact]
    public void Quantiles_are_those_of_R_type_7()
    {
        // R: quantile(c(3, 5, 8, 9, 17, 21), c(.2, .4, .5, .8), type = 7) is 5, 8, 8.5, 17.
        var values = new ValueCounts([(17, 1), (3, 1), (21, 1), (5, 1), (9, 1), (8, 1)]);

        Assert.Equal([5m, 8m, 8.5m, 17m], new[] { values.QuantileOf(1, 5), values.QuantileOf(2, 5), values.QuantileOf(1, 2), values.QuantileOf(4, 5) });
    }

    [Property]
    public Property Quantiles_from_counts_are_those_of_the_sorted_values() => Prop.ForAll(
        ArbMap.Default.ArbFor<NonEmptyArray<int>>(), Gen.Choose(1, 9).Zip(Gen.Choose(2, 10)).Where(p => p.Item1 < p.Item2).ToArbitrary(), (input, share) =>
        {
            var sorted = input.Get.Select(v => v % 20).Order().ToList();
            var h = (sorted.Count - 1) * share.Item1 / (double)share.Item2;
            var (low, high) = (sorted[(int)Math.Floor(h + 1e-9)], sorted[Math.Min(sorted.Count - 1, (int)Math.Ceiling(h - 1e-9))]);
            var expected = low + ((high - low) * (h - Math.Floor(h + 1e-9)));

            var values = new ValueCounts(input.Get.GroupBy(v => v % 20).Select(g => ((decimal)g.Key, (long)g.Count())));

            Assert.Equal(expected, (double)values.QuantileOf(share.Item1, share.Item2), 9);
        });

    [Fact]
    public void Customers_between_bounds_are_counted_with_their_ends()
    {
        var values = new ValueCounts([(1, 3), (2, 1), (5, 4), (9, 2)]);

        Assert.Equal((5L, 2m, 5m), values.Between(1, 5));
        Assert.Equal((0L, null, null), values.Between(2, 4));
        Assert.Equal((10L, 1m, 9m), values.Between(null, null));
        Assert.Equal(2m, values.GreatestBelow(5));
        Assert.Null(values.GreatestBelow(1));
    }
}
