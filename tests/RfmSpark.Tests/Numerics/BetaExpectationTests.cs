using RfmSpark.Numerics;

namespace RfmSpark.Tests.Numerics;

/// <summary>Expectations over a beta distribution, also over one whose whole weight lies at its ends.</summary>
public sealed class BetaExpectationTests
{
    [Theory]
    [InlineData(2, 3)]
    [InlineData(0.4, 0.3)]
    [InlineData(0.01, 0.02)]
    [InlineData(1e-5, 3)]
    [InlineData(2, 1e-6)]
    [InlineData(1e7, 2e-5)]
    [InlineData(1e-9, 1e-9)]
    public void Events_are_those_of_the_series(double a, double b)
    {
        // With k = 1 they are τ / (1 + p τ) = τ Σ (−p τ)ʲ, and E[pʲ] is the product of (a + i) / (a + b + i).
        const double tau = 0.4;
        var (term, expected) = (tau, 0.0);
        for (var j = 0; j < 60; j++)
        {
            expected += term;
            term *= -tau * (a + j) / (a + b + j);
        }

        Assert.Equal(expected, new BetaExpectation(a, b, 1).Events(tau), 1e-13);
    }

    [Fact]
    public void No_more_nodes_are_taken_for_shapes_near_zero()
    {
        long Allocated(double a, double b)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            _ = new BetaExpectation(a, b, 1);
            return GC.GetAllocatedBytesForCurrentThread() - before;
        }

        Assert.InRange(Allocated(1e7, 2e-5), 1, 20 * Allocated(2, 3));
        Assert.InRange(Allocated(2e-5, 1e7), 1, 20 * Allocated(2, 3));
    }
}
