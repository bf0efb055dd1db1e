using System.Runtime.Intrinsics;
using MathNet.Numerics.Integration;

namespace RfmSpark.Numerics;

/// <summary>Gauss and Legendre's rule with 12 points on [0, 1].</summary>
public sealed class GaussLegendre
{
    private const int Points = 12;
    private readonly double[] _nodes;
    private readonly double[] _weights;

    private GaussLegendre()
    {
        var rule = new GaussLegendreRule(0, 1, Points);
        (_nodes, _weights) = (rule.Abscissas, rule.Weights);
    }

    /// <summary>The rule.</summary>
    public static GaussLegendre Rule { get; } = new();

    /// <summary>The number of points.</summary>
    public int Count => _nodes.Length;

    /// <summary>Where a point lies, 0 to 1.</summary>
    public double Node(int i) => _nodes[i];

    /// <summary>What it counts for; the weights sum to 1.</summary>
    public double Weight(int i) => _weights[i];

    /// <summary>Four points from the <paramref name="i"/>-th on.</summary>
    public Vector256<double> Nodes(int i) => Vector256.Create(_nodes, i);

    /// <summary>What they count for.</summary>
    public Vector256<double> Weights(int i) => Vector256.Create(_weights, i);
}
