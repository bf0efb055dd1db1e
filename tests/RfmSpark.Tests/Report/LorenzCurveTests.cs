using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using RfmSpark.Report.Data;

namespace RfmSpark.Tests.Report;

/// <summary>The spread of values, against its definition over every pair of customers.</summary>
public sealed class LorenzCurveTests
{
    // Half the relative mean absolute difference: the definition of the Gini coefficient (Gini 1912).
    private static double Gini(int[] values) => values.SelectMany(a => values.Select(b => (double)Math.Abs(a - b))).Sum() / (2.0 * values.Length * values.Length * values.Average());

    [Property(MaxTest = 200)]
    public Property Its_coefficient_is_half_the_relative_mean_difference() => Prop.ForAll(Gen.Choose(0, 1000).NonEmptyListOf().Where(v => v.Count <= 60 && v.Sum() > 0).ToArbitrary(), values =>
    {
        var curve = LorenzCurve.Of([.. values.GroupBy(v => v).OrderBy(g => g.Key).Select(g => ((long)g.Count(), (decimal)g.Sum()))])!;

        return Math.Abs(curve.Gini - Gini([.. values])) < 1e-9;
    });

    [Fact]
    public void The_best_part_holds_what_it_holds()
    {
        // Of ten customers nine bring 1 each, and one 11: 55 % of 20.
        var curve = LorenzCurve.Of([(9, 9), (1, 11)])!;

        Assert.Equal(0.55, curve.HeldByTop(0.1), 12);
        Assert.Equal(0.6, curve.HeldByTop(0.2), 12);
        Assert.Equal(1, curve.HeldByTop(1), 12);
    }

    [Fact]
    public void It_ends_at_all() => Assert.Equal((1, 1), LorenzCurve.Of([.. Enumerable.Repeat((1L, 0.1m), 10)])!.Points[^1]);

    [Fact]
    public void Nothing_has_no_spread() => Assert.Null(LorenzCurve.Of([(5, 0)]));
}
