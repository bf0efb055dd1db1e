using System.Numerics;

namespace RfmSpark.Numerics;

/// <summary>The nearest of some centres for each point, by squared Euclidean distance; of two at the same distance the first.</summary>
internal static class NearestCentre
{
    /// <summary>Writes each point's centre into <paramref name="labels"/> and its squared distance into <paramref name="distances"/>.</summary>
    /// <remarks>Each point is worked out by itself and in the same order of operations, so the bits do not depend on how many fit into a vector.</remarks>
    internal static void Assign(WeightedPoints points, double[][] centres, int[] labels, double[] distances)
    {
        var width = Vector<double>.Count;
        Span<double> best = stackalloc double[width];
        Span<long> nearest = stackalloc long[width];
        var i = 0;
        for (; i <= points.Count - width; i += width)
        {
            var (least, label) = (new Vector<double>(double.PositiveInfinity), Vector<long>.Zero);
            for (var c = 0; c < centres.Length; c++)
            {
                var distance = Vector<double>.Zero;
                for (var d = 0; d < points.Dimensions; d++)
                {
                    var difference = new Vector<double>(points.Along(d)[i..]) - new Vector<double>(centres[c][d]);
                    distance += difference * difference;
                }
                label = Vector.ConditionalSelect(Vector.LessThan(distance, least), new Vector<long>(c), label);
                least = Vector.Min(distance, least);
            }
            least.CopyTo(best);
            label.CopyTo(nearest);
            for (var lane = 0; lane < width; lane++) (labels[i + lane], distances[i + lane]) = ((int)nearest[lane], best[lane]);
        }
        for (; i < points.Count; i++)
        {
            distances[i] = double.PositiveInfinity;
            for (var c = 0; c < centres.Length; c++)
            {
                var distance = 0.0;
                for (var d = 0; d < points.Dimensions; d++)
                {
                    var difference = points.Along(d)[i] - centres[c][d];
                    distance += difference * difference;
                }
                if (distance < distances[i]) (labels[i], distances[i]) = (c, distance);
            }
        }
    }
}
