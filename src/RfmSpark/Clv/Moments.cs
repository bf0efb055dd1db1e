namespace RfmSpark.Clv;

/// <summary>Weighted means of ln(α + y), 1 / (α + y), ln(β + y), 1 / (β + y) over times y, and of their products.</summary>
internal struct Moments
{
    private FirstMoments _first;
    private ProductMoments _products;

    internal double Weight { get; private set; }

    internal readonly double LogAlpha => _first[0];
    internal readonly double InverseAlpha => _first[1];
    internal readonly double LogBeta => _first[2];
    internal readonly double InverseBeta => _first[3];
    internal readonly double InverseAlphaSquared => _products[5];
    internal readonly double InverseBetaSquared => _products[15];

    /// <summary>The covariance of two of them, counted from 0.</summary>
    internal readonly double Spread(int i, int j) => _products[(4 * i) + j] - (_first[i] * _first[j]);

    internal void Add(double weight, double logAlpha, double alpha, double logBeta, double beta)
    {
        Weight += weight;
        Span<double> values = [logAlpha, 1 / alpha, logBeta, 1 / beta];
        for (var i = 0; i < 4; i++)
        {
            var weighted = weight * values[i];
            _first[i] += weighted;
            for (var j = i; j < 4; j++) _products[(4 * i) + j] += weighted * values[j];
        }
    }

    internal readonly Moments Means()
    {
        var means = this;
        for (var i = 0; i < 4; i++) means._first[i] /= Weight;
        for (var i = 0; i < 16; i++) means._products[i] /= Weight;
        return means;
    }

    [System.Runtime.CompilerServices.InlineArray(4)]
    private struct FirstMoments
    {
        private double _element;
    }

    [System.Runtime.CompilerServices.InlineArray(16)]
    private struct ProductMoments
    {
        private double _element;
    }
}
