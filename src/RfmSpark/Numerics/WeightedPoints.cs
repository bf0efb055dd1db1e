namespace RfmSpark.Numerics;

/// <summary>
/// Points in space, each standing for many: cells of a grid with the mean of what lies in them, or distinct points with their number. Coordinates are kept
/// dimension by dimension, so that vector instructions read neighbouring points at once.
/// </summary>
public sealed class WeightedPoints
{
    private readonly double[][] _coordinates;
    private readonly double[] _weights;

    /// <param name="coordinates">One array a dimension, each with one finite value a point.</param>
    /// <param name="weights">How many each point stands for; zero or more, and not all zero.</param>
    /// <param name="spread">Sum of squares within each point, around its mean: what a cell of a grid hides. None if null.</param>
    public WeightedPoints(double[][] coordinates, double[] weights, double[]? spread = null)
    {
        ArgumentOutOfRangeException.ThrowIfZero(coordinates.Length, nameof(coordinates));
        ArgumentOutOfRangeException.ThrowIfZero(weights.Length, nameof(weights));
        if (coordinates.Any(c => c.Length != weights.Length)) throw new ArgumentException("Every dimension has one value a point.", nameof(coordinates));
        _coordinates = coordinates;
        _weights = weights;
        Hidden = spread?.Sum() ?? 0;
        Total = weights.Sum();
        if (Total <= 0) throw new ArgumentException("The weights come to nothing.", nameof(weights));
    }

    /// <summary>The number of points.</summary>
    public int Count => _weights.Length;

    /// <summary>The number of dimensions.</summary>
    public int Dimensions => _coordinates.Length;

    /// <summary>The sum of the weights.</summary>
    public double Total { get; }

    /// <summary>The sum of squares within the points, which no clustering of them can lower.</summary>
    public double Hidden { get; }

    /// <summary>The values of one dimension, point by point.</summary>
    public ReadOnlySpan<double> Along(int dimension) => _coordinates[dimension];

    /// <summary>The weights, point by point.</summary>
    public ReadOnlySpan<double> Weights => _weights;

    /// <summary>The coordinates of one point.</summary>
    public double[] At(int point) => [.. _coordinates.Select(c => c[point])];

    /// <summary>The squared Euclidean distance of one point from a place.</summary>
    public double SquaredDistance(int point, double[] place)
    {
        var distance = 0.0;
        for (var d = 0; d < place.Length; d++)
        {
            var difference = _coordinates[d][point] - place[d];
            distance += difference * difference;
        }
        return distance;
    }

    /// <summary>The same points with other weights.</summary>
    public WeightedPoints Reweighted(double[] weights) => new(_coordinates, weights);

    /// <summary>Points that differ: more clusters than these cannot be told apart.</summary>
    public int Distinct() => Enumerable.Range(0, Count).Where(i => _weights[i] > 0)
        .Select(i => string.Join(' ', _coordinates.Select(c => c[i].ToString("R", System.Globalization.CultureInfo.InvariantCulture))))
        .Distinct().Count();
}
