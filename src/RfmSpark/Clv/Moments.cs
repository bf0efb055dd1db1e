using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace RfmSpark.Clv;

/// <summary>Weighted means of ln(α + y), 1 / (α + y), ln(β + y), 1 / (β + y) over times y, and of their products.</summary>
internal struct Moments
{
    private const int Count = 4;

    private FirstMoments _first;
    private ProductMoments _products;

    internal readonly double LogAlpha => _first[0];
    internal readonly double InverseAlpha => _first[1];
    internal readonly double LogBeta => _first[2];
    internal readonly double InverseBeta => _first[3];
    internal readonly double InverseAlphaSquared => _products[5];
    internal readonly double InverseBetaSquared => _products[15];

    /// <summary>The covariance of two of them, counted from 0.</summary>
    internal readonly double Spread(int i, int j) => _products[(Count * i) + j] - (_first[i] * _first[j]);

    [InlineArray(Count)]
    private struct FirstMoments
    {
        private double _element;
    }

    [InlineArray(Count * Count)]
    private struct ProductMoments
    {
        private double _element;
    }

    /// <summary>Adds them up, of four times at once.</summary>
    internal struct Sums
    {
        private Vector256<double> _weight;
        private FirstSums _first;
        private ProductSums _products;

        internal readonly double Weight => Vector256.Sum(_weight);

        internal void Add(Vector256<double> weight, Vector256<double> logAlpha, Vector256<double> alpha, Vector256<double> logBeta, Vector256<double> beta)
        {
            _weight += weight;
            ReadOnlySpan<Vector256<double>> values = [logAlpha, Vector256<double>.One / alpha, logBeta, Vector256<double>.One / beta];
            for (var i = 0; i < Count; i++)
            {
                var weighted = weight * values[i];
                _first[i] += weighted;
                for (var j = i; j < Count; j++) _products[(Count * i) + j] += weighted * values[j];
            }
        }

        internal readonly Moments Means()
        {
            var (means, weight) = (default(Moments), Weight);
            for (var i = 0; i < Count; i++) means._first[i] = Vector256.Sum(_first[i]) / weight;
            for (var i = 0; i < Count * Count; i++) means._products[i] = Vector256.Sum(_products[i]) / weight;
            return means;
        }

        [InlineArray(Count)]
        private struct FirstSums
        {
            private Vector256<double> _element;
        }

        [InlineArray(Count * Count)]
        private struct ProductSums
        {
            private Vector256<double> _element;
        }
    }
}
