using RfmSpark.Numerics;

namespace RfmSpark.Tests.Numerics;

public sealed class Pcg32Tests
{
    [Fact]
    public void The_reference_implementation_gives_these_numbers()
    {
        // pcg32-demo of the PCG library, seed 42, stream 54, round 1.
        var random = new Pcg32(42, 54);

        Assert.Equal([0xa15c02b7u, 0x7b47f409u, 0xba1d3330u, 0x83d2f293u, 0xbfa4784bu, 0xcbed606eu], Enumerable.Range(0, 6).Select(_ => random.NextUInt()));
    }

    [Theory]
    [InlineData(0.25)]
    [InlineData(1.0)]
    [InlineData(7.5)]
    public void Gamma_has_its_mean_and_variance(double shape)
    {
        var random = new Pcg32(7);
        var draws = Enumerable.Range(0, 200_000).Select(_ => random.NextGamma(shape)).ToList();
        var mean = draws.Average();

        // The mean of n draws has standard deviation sqrt(shape/n); five of them.
        Assert.InRange(mean, shape - (5 * Math.Sqrt(shape / draws.Count)), shape + (5 * Math.Sqrt(shape / draws.Count)));
        Assert.InRange(draws.Average(d => (d - mean) * (d - mean)) / shape, 0.95, 1.05);
    }

    [Fact]
    public void Beta_has_its_mean()
    {
        var random = new Pcg32(7);

        Assert.Equal(0.8 / 9.8, Enumerable.Range(0, 200_000).Average(_ => random.NextBeta(0.8, 9)), 3);
    }

    [Theory]
    [InlineData(0.3)]
    [InlineData(9.9)]
    [InlineData(10.1)]
    [InlineData(4000)]
    public void Poisson_has_its_mean_and_variance(double mean)
    {
        var random = new Pcg32(7);
        var draws = Enumerable.Range(0, 200_000).Select(_ => random.NextPoisson(mean)).ToList();

        Assert.InRange(draws.Average(), mean - (5 * Math.Sqrt(mean / draws.Count)), mean + (5 * Math.Sqrt(mean / draws.Count)));
        Assert.InRange(draws.Average(d => (d - mean) * (d - mean)) / mean, 0.97, 1.03);
        Assert.All(draws, d => Assert.Equal(Math.Floor(d), d));
    }
}
