namespace RfmSpark.Numerics;

/// <summary>A function of several variables near one point, to second order: its value, first and second derivatives. Sums of functions are added up in place.</summary>
public sealed class Expansion
{
    private readonly double[] _first;
    private readonly double[] _second;

    /// <summary>Zero, in <paramref name="dimensions"/> variables.</summary>
    public Expansion(int dimensions)
    {
        Dimensions = dimensions;
        _first = new double[dimensions];
        _second = new double[dimensions * dimensions];
    }

    /// <summary>The number of variables.</summary>
    public int Dimensions { get; }

    /// <summary>The value.</summary>
    public double Value { get; private set; }

    /// <summary>The derivative along variable <paramref name="i"/>.</summary>
    public double First(int i) => _first[i];

    /// <summary>The second derivative along <paramref name="i"/> and <paramref name="j"/>.</summary>
    public double Second(int i, int j) => i <= j ? _second[(i * Dimensions) + j] : _second[(j * Dimensions) + i];

    /// <summary>Adds to the value.</summary>
    public void AddValue(double value) => Value += value;

    /// <summary>Adds to the derivative along <paramref name="i"/>.</summary>
    public void AddFirst(int i, double value) => _first[i] += value;

    /// <summary>Adds to the second derivative along <paramref name="i"/> and <paramref name="j"/>, of which <paramref name="i"/> is not the greater.</summary>
    public void AddSecond(int i, int j, double value) => _second[(i * Dimensions) + j] += value;

    /// <summary>Adds a whole expansion.</summary>
    public void Add(Expansion other)
    {
        Value += other.Value;
        for (var i = 0; i < _first.Length; i++) _first[i] += other._first[i];
        for (var i = 0; i < _second.Length; i++) _second[i] += other._second[i];
    }

    /// <summary>The same function of the variables' logarithms, where the variables are <paramref name="at"/>, all above zero.</summary>
    public Expansion InLogarithms(IReadOnlyList<double> at)
    {
        var logarithms = new Expansion(Dimensions) { Value = Value };
        for (var i = 0; i < Dimensions; i++)
        {
            logarithms._first[i] = at[i] * _first[i];
            for (var j = i; j < Dimensions; j++)
                logarithms._second[(i * Dimensions) + j] = (at[i] * at[j] * Second(i, j)) + (i == j ? at[i] * _first[i] : 0);
        }
        return logarithms;
    }
}
