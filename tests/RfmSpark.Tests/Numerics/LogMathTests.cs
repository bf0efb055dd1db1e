using System.Runtime.Intrinsics;
using RfmSpark.Numerics;

namespace RfmSpark.Tests.Numerics;

/// <summary>ln(1 + x) and e^x − 1 against their series at more digits, one at a time and four at once.</summary>
public sealed class LogMathTests
{
    [Theory]
    [InlineData(1e-300, 1e-300, 1e-300)]
    [InlineData(1e-17, 1e-17, 1e-17)]
    [InlineData(-1e-17, -1e-17, -1e-17)]
    [InlineData(3e-16, 2.99999999999999955e-16, 3.00000000000000045e-16)]
    [InlineData(1e-9, 9.9999999950000000033333333e-10, 1.0000000005000000001666667e-9)]
    [InlineData(-1e-9, -1.0000000005000000003333333e-9, -9.9999999950000000016666667e-10)]
    [InlineData(0.001, 9.9950033308353316680939893e-4, 1.0005001667083416680557540e-3)]
    [InlineData(0.3, 0.26236426446749105203549599, 0.34985880757600310398374431)]
    [InlineData(-0.3, -0.35667494393873237891263871, -0.25918177931828212392799996)]
    [InlineData(0.75, 0.55961578793542268627088850, 1.1170000166126746685453698)]
    [InlineData(20, 3.0445224377234229965005980, 485165194.40979027796910683)]
    public void Digits_are_kept_where_the_plain_ones_lose_them(double x, double log, double exp)
    {
        Near(log, LogMath.Log1p(x));
        Near(exp, LogMath.Expm1(x));
        var four = Vector256.Create(x, 1, x, x);
        for (var i = 0; i < 4; i += 2)
        {
            Near(log, LogMath.Log1p(four)[i]);
            Near(exp, LogMath.Expm1(four)[i]);
        }
    }

    [Fact]
    public void What_falls_below_the_smallest_double_is_nothing()
    {
        var four = Vector256.Create(-40.0, -745, -1e5, double.NegativeInfinity);

        Assert.All(Enumerable.Range(0, 4), i => Assert.Equal(-1, LogMath.Expm1(four)[i]));
        Assert.Equal(Math.Log(1e300), LogMath.Log1p(Vector256.Create(1e300))[0], 1e-12);
    }

    private static void Near(double expected, double actual) => Assert.InRange(Math.Abs(actual - expected) / Math.Abs(expected), 0, 1e-15);
}
