namespace RfmSpark.Numerics;

/// <summary>
/// Random numbers from a seed, the same on every machine: PCG-XSH-RR 64/32 (O'Neill, "PCG: A family of simple fast space-efficient statistically good
/// algorithms for random number generation", 2014), with the distributions that the models need.
/// </summary>
public sealed class Pcg32
{
    private const ulong Multiplier = 6364136223846793005;
    private readonly ulong _increment;
    private ulong _state;

    /// <summary>Streams of one seed are independent of each other.</summary>
    public Pcg32(ulong seed, ulong stream = 0)
    {
        unchecked
        {
            _increment = (stream << 1) | 1;
            NextUInt();
            _state += seed;
            NextUInt();
        }
    }

    /// <summary>32 random bits.</summary>
    public uint NextUInt()
    {
        unchecked
        {
            var old = _state;
            _state = (old * Multiplier) + _increment;
            return uint.RotateRight((uint)(((old >> 18) ^ old) >> 27), (int)(old >> 59));
        }
    }

    /// <summary>Uniform on (0, 1): neither end comes out, so its logarithm is finite.</summary>
    public double NextDouble() => (((((ulong)NextUInt() << 32) | NextUInt()) >> 11) + 0.5) * (1.0 / (1UL << 53));

    /// <summary>Exponential with mean 1.</summary>
    public double NextExponential() => -Math.Log(NextDouble());

    /// <summary>Standard normal, by Marsaglia's polar method.</summary>
    public double NextNormal()
    {
        while (true)
        {
            var (u, v) = ((2 * NextDouble()) - 1, (2 * NextDouble()) - 1);
            var s = (u * u) + (v * v);
            if (s is > 0 and < 1) return u * Math.Sqrt(-2 * Math.Log(s) / s);
        }
    }

    /// <summary>Gamma of the given shape and rate 1 (Marsaglia and Tsang, "A simple method for generating gamma variables", 2000).</summary>
    public double NextGamma(double shape)
    {
        if (shape < 1) return NextGamma(shape + 1) * Math.Pow(NextDouble(), 1 / shape);
        var d = shape - (1.0 / 3);
        var c = 1 / Math.Sqrt(9 * d);
        while (true)
        {
            var x = NextNormal();
            var v = 1 + (c * x);
            if (v <= 0) continue;
            v = v * v * v;
            if (Math.Log(NextDouble()) < (0.5 * x * x) + d - (d * v) + (d * Math.Log(v))) return d * v;
        }
    }

    /// <summary>
    /// Poisson of the given mean: by multiplication below 10, above by transformed rejection (Hörmann, "The transformed rejection method for generating Poisson random
    /// variables", 1993, PTRS).
    /// </summary>
    public double NextPoisson(double mean)
    {
        if (mean <= 0) return 0;
        if (mean < 10)
        {
            var count = 0;
            for (var (limit, product) = (Math.Exp(-mean), NextDouble()); product > limit; product *= NextDouble()) count++;
            return count;
        }
        var root = Math.Sqrt(mean);
        var b = 0.931 + (2.53 * root);
        var a = -0.059 + (0.02483 * b);
        var inverse = 1.1239 + (1.1328 / (b - 3.4));
        var quick = 0.9277 - (3.6224 / (b - 2));
        while (true)
        {
            var (u, v) = (NextDouble() - 0.5, NextDouble());
            var us = 0.5 - Math.Abs(u);
            var k = Math.Floor((((2 * a / us) + b) * u) + mean + 0.43);
            if (us >= 0.07 && v <= quick) return k;
            if (k < 0 || (us < 0.013 && v > us)) continue;
            if (Math.Log(v) + Math.Log(inverse) - Math.Log((a / (us * us)) + b) <= (k * Math.Log(mean)) - mean - MathNet.Numerics.SpecialFunctions.GammaLn(k + 1)) return k;
        }
    }

    /// <summary>Beta of the given shapes.</summary>
    public double NextBeta(double a, double b)
    {
        var x = NextGamma(a);
        return x / (x + NextGamma(b));
    }
}
