namespace RfmSpark.Numerics;

/// <summary>How well clusters are found again.</summary>
/// <param name="Jaccard">
/// Of each cluster, its mean similarity to the most similar one of each replicate. From 0.85 up it is highly stable, from 0.75 valid, from 0.6 a pattern at best, below
/// that not to be trusted.
/// </param>
/// <param name="AdjustedRand">Mean agreement of the whole clustering with that of each replicate.</param>
public sealed record StabilityOf(double[] Jaccard, double AdjustedRand)
{
    /// <summary>The mean over the clusters.</summary>
    public double MeanJaccard => Jaccard.Average();
}

/// <summary>
/// Stability by resampling (Hennig, "Cluster-wise assessment of cluster stability", Comput. Stat. Data Anal. 52, 2007): the points are drawn anew, clustered
/// from new starts, and compared with the clusters of all of them.
/// </summary>
/// <remarks>Each point stands for many, and how often its many are drawn is a Poisson number, so that a replicate is a bootstrap of what the points stand for.</remarks>
public static class ClusterStability
{
    /// <summary>Clusters resampled points and compares.</summary>
    /// <param name="points">The points.</param>
    /// <param name="labels">Their clusters.</param>
    /// <param name="k">The number of clusters.</param>
    /// <param name="replicates">How often to resample; at least 1.</param>
    /// <param name="seed">The same seed gives the same samples.</param>
    public static StabilityOf Bootstrap(WeightedPoints points, int[] labels, int k, int replicates, ulong seed)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(replicates, 1);
        var (jaccard, rand) = (new double[replicates][], new double[replicates]);
        Parallel.For(0, replicates, replicate =>
        {
            var random = new Pcg32(seed, ((ulong)k << 32) | 0x8000_0000 | (uint)replicate);
            var weights = new double[points.Count];
            var drawn = 0;
            while (drawn < k)
            {
                drawn = 0;
                for (var i = 0; i < weights.Length; i++) if ((weights[i] = random.NextPoisson(points.Weights[i])) > 0) drawn++;
            }
            var sample = points.Reweighted(weights);
            var found = KMeans.From(sample, KMeans.Seeds(sample, k, random)).Labels;
            jaccard[replicate] = Agreement.Jaccard(labels, found, weights);
            rand[replicate] = Agreement.AdjustedRand(labels, found, weights);
        });
        return new StabilityOf([.. Enumerable.Range(0, k).Select(c => jaccard.Average(j => c < j.Length ? j[c] : 0))], rand.Average());
    }
}
