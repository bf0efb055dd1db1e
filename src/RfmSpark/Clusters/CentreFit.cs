using System.Globalization;
using RfmSpark.Engine;
using RfmSpark.Numerics;
using RfmSpark.Settings;

namespace RfmSpark.Clusters;

/// <summary>Centres, and what the last full pass over the customers found around them.</summary>
/// <param name="Centres">In whole numbers; the best customers' first.</param>
/// <param name="Sums">What each cluster comes to.</param>
/// <param name="Steps">Steps after the start.</param>
/// <param name="Rested">Whether the centres had ceased to move.</param>
public sealed record ClusterFit(long[][] Centres, ClusterSums[] Sums, int Steps, bool Rested)
{
    /// <summary>Sum of squared distances of the customers from their centres, in squared whole numbers.</summary>
    public double Within => Sums.Sum(s => s.Within);
}

/// <summary>
/// Moves the centres that were found on cells over the customers themselves: by all of them each step (Lloyd 1982), or by one bucket each step with a rate for
/// each centre that falls as it has seen more (Sculley, "Web-scale k-means clustering", WWW 2010); there the start counts as one bucket seen.
/// </summary>
internal sealed class CentreFit(IEngine engine, FeatureSpace space, WeightedPoints cells, int buckets)
{
    private const int BucketOf = 50_000, MostBuckets = 1024;
    private const int MostSteps = 300;

    // In scaled features. A bucket's mean is off by some thousandths, so a mini-batch does not come nearer to rest than that.
    private const double RestOfLloyd = 1e-6, RestOfMiniBatch = 1e-3;

    /// <summary>Buckets for a number of customers: a power of two, of 50,000 customers or more each.</summary>
    internal static int Buckets(long customers)
    {
        var buckets = 1;
        while (buckets < MostBuckets && customers / (2 * buckets) >= BucketOf) buckets *= 2;
        return buckets;
    }

    /// <summary>The bucket of a customer, from 0; where there is one alone, no id is hashed.</summary>
    internal static SqlExpression Bucket(int buckets) => new(dialect => buckets == 1 ? "0" : string.Create(CultureInfo.InvariantCulture, $"{dialect.Call("hash24", ["customer_id"])} % {buckets}"));

    /// <summary>Fits from a start.</summary>
    internal ClusterFit Run(ClusterMethod method, KMeansFit start)
    {
        var centres = start.Centres.Select(space.Whole).ToArray();
        var (steps, rested) = method switch
        {
            ClusterMethod.Lloyd => Steps(centres, (_, now) => Lloyd(now), RestOfLloyd),
            ClusterMethod.MiniBatch => MiniBatch(centres, start),
            _ => (0, start.Rested),
        };
        var sums = All(centres);
        for (var refilled = 0; refilled < centres.Length && sums.Any(s => s.Customers == 0); refilled++)
        {
            Refill(centres, sums);
            sums = All(centres);
        }
        var order = Enumerable.Range(0, centres.Length).OrderByDescending(c => Mean(sums[c].Revenue, sums[c])).ThenByDescending(c => Mean(sums[c].Orders, sums[c]))
            .ThenBy(c => Mean(sums[c].Days, sums[c])).ThenBy(c => c).ToList();
        return new ClusterFit([.. order.Select(c => centres[c])], [.. order.Select(c => sums[c])], steps, rested);
    }

    private (int Steps, bool Rested) MiniBatch(long[][] centres, KMeansFit start)
    {
        var seen = new long[centres.Length];
        for (var i = 0; i < start.Labels.Length; i++) seen[start.Labels[i]] += (long)cells.Weights[i];
        for (var c = 0; c < seen.Length; c++) seen[c] = Math.Max(1, seen[c] / buckets);
        return Steps(centres, (step, now) =>
        {
            var bucket = step % buckets;
            var sums = ClusterSums.Read(engine, space, now, bucket, bucket);
            for (var c = 0; c < now.Length; c++)
            {
                for (var d = 0; d < space.Dimensions; d++) now[c][d] = Divided(((decimal)now[c][d] * seen[c]) + sums[c].Sums[d], seen[c] + sums[c].Customers);
                seen[c] += sums[c].Customers;
            }
        }, RestOfMiniBatch);
    }

    private void Lloyd(long[][] centres)
    {
        var sums = All(centres);
        if (sums.Any(s => s.Customers == 0))
        {
            Refill(centres, sums);
            return;
        }
        for (var c = 0; c < centres.Length; c++)
            for (var d = 0; d < space.Dimensions; d++) centres[c][d] = Divided(sums[c].Sums[d], sums[c].Customers);
    }

    // Steps until no centre moves farther than rest in any feature.
    private (int Steps, bool Rested) Steps(long[][] centres, Action<int, long[][]> move, double rest)
    {
        for (var step = 0; step < MostSteps; step++)
        {
            var before = centres.Select(c => (long[])c.Clone()).ToList();
            move(step, centres);
            if (centres.Zip(before).All(pair => pair.First.Zip(pair.Second).All(x => Math.Abs(x.First - x.Second) <= rest * space.Factor))) return (step + 1, true);
        }
        return (MostSteps, false);
    }

    // A centre that lost all its customers is put into the cell that costs most where it is.
    private void Refill(long[][] centres, ClusterSums[] sums)
    {
        foreach (var empty in Enumerable.Range(0, centres.Length).Where(c => sums[c].Customers == 0))
        {
            var places = centres.Select(space.Place).ToList();
            var worst = Enumerable.Range(0, cells.Count).MaxBy(i => cells.Weights[i] * places.Min(place => cells.SquaredDistance(i, place)));
            centres[empty] = space.Whole(cells.At(worst));
        }
    }

    private ClusterSums[] All(long[][] centres) => ClusterSums.Read(engine, space, centres, 0, buckets - 1);

    private static long Divided(decimal sum, long count) => (long)Math.Round(sum / count, MidpointRounding.AwayFromZero);

    private static decimal Mean(decimal sum, ClusterSums of) => of.Customers == 0 ? decimal.MinValue : sum / of.Customers;
}
