using FsCheck.Xunit;
using RfmSpark.Numerics;

namespace RfmSpark.Tests.Numerics;

/// <summary>Silhouette, agreement, stability and gap against scikit-learn, brute force, and data whose answer is known.</summary>
public sealed class ClusterQualityTests
{
    [Fact]
    public void The_Euclidean_silhouette_of_the_20_customers_is_the_true_one() =>
        Assert.Equal(0.4843492, Silhouette.Euclidean(ClusterReference.Case(), KMeans.Best(ClusterReference.Case(), 4, 10, 1).Labels, 4), 1e-7);

    [Fact]
    public void The_squared_silhouettes_of_the_20_customers_are_those_of_every_pair()
    {
        var expected = ClusterReference.Values["case_study_20"]!;
        var quick = Silhouette.Squared(ClusterReference.Case(), ClusterReference.Ints(expected["labels_at_4"]), 4);

        Assert.All(quick.Zip(ClusterReference.Doubles(expected["squared_silhouettes_at_4"])), s => Assert.Equal(s.Second, s.First, 1e-12));
    }

    [Property(MaxTest = 30)]
    public void The_squared_silhouette_from_sums_is_that_from_all_pairs(ulong seed)
    {
        var random = new Pcg32(seed);
        var rows = Enumerable.Range(0, 25).Select(_ => new[] { random.NextNormal(), random.NextNormal() }).ToArray();
        var labels = rows.Select((_, i) => i == 0 ? 3 : (int)(random.NextUInt() % 3)).ToArray();
        var points = ClusterReference.Points(rows);

        var quick = Silhouette.Squared(points, labels, 4);

        for (var i = 0; i < rows.Length; i++)
        {
            double MeanTo(int c) =>
                rows.Where((_, j) => j != i && labels[j] == c)
                    .Select(r => ((r[0] - rows[i][0]) * (r[0] - rows[i][0])) + ((r[1] - rows[i][1]) * (r[1] - rows[i][1])))
                    .DefaultIfEmpty(double.NaN).Average();
            var (own, other) = (MeanTo(labels[i]), labels.Distinct().Where(c => c != labels[i]).Min(MeanTo));
            Assert.Equal(double.IsNaN(own) ? 0 : (other - own) / Math.Max(own, other), quick[i], 1e-10);
        }
    }

    [Fact]
    public void A_weight_counts_in_the_silhouette_as_that_many_points()
    {
        var weighted = Silhouette.Squared(ClusterReference.Points([[0], [1], [9], [10]], [2, 1, 1, 3]), [0, 0, 1, 1], 2);
        var repeated = Silhouette.Squared(ClusterReference.Points([[0], [0], [1], [9], [10], [10], [10]]), [0, 0, 0, 1, 1, 1, 1], 2);

        Assert.Equal([repeated[0], repeated[2], repeated[3], repeated[4]], weighted);
    }

    [Fact]
    public void The_adjusted_Rand_index_is_scikit_learns()
    {
        foreach (var pair in ClusterReference.Values["adjusted_rand"]!.AsArray())
        {
            var (first, second) = (ClusterReference.Ints(pair!["labels_a"]), ClusterReference.Ints(pair["labels_b"]));
            double[] weights = [.. first.Select(_ => 1.0)];
            Assert.Equal(pair["value"]!.GetValue<double>(), Agreement.AdjustedRand(first, second, weights), 1e-12);
            Assert.Equal(pair["value"]!.GetValue<double>(), Agreement.AdjustedRand(second, first, weights), 1e-12);
        }
    }

    [Fact]
    public void Clusters_under_other_numbers_are_the_same_clusters()
    {
        Assert.Equal([1.0, 1, 1], Agreement.Jaccard([0, 0, 1, 2, 2], [2, 2, 0, 1, 1], [1, 1, 1, 1, 5]));
        Assert.Equal([0.5, 0.75], Agreement.Jaccard([0, 0, 1, 1, 1], [0, 1, 1, 1, 1], [1, 1, 1, 1, 1]));
    }

    [Fact]
    public void Far_blobs_are_stable_have_the_gap_at_their_number_and_one_cloud_has_neither()
    {
        var random = new Pcg32(5);
        var blobs = ClusterReference.Points([.. Enumerable.Range(0, 300).Select(i => new[] { (10.0 * (i % 3)) + random.NextNormal(), (i % 3 == 1 ? 9 : 0) + random.NextNormal() })]);
        var even = ClusterReference.Points([.. Enumerable.Range(0, 300).Select(_ => new[] { random.NextDouble(), random.NextDouble() })]);

        Assert.Equal(3, Gap.Choose(GapsOf(blobs)));
        Assert.Equal(1, Gap.Choose(GapsOf(even)));
        var stable = ClusterStability.Bootstrap(blobs, KMeans.Best(blobs, 3, 10, 1).Labels, 3, 50, 1);
        Assert.All(stable.Jaccard, j => Assert.True(j > 0.85));
        var unstable = ClusterStability.Bootstrap(even, KMeans.Best(even, 6, 10, 1).Labels, 6, 50, 1);
        Assert.True(unstable.AdjustedRand < stable.AdjustedRand - 0.2);
        Assert.Contains(unstable.Jaccard, j => j < 0.75);
    }

    private static IReadOnlyList<Gap> GapsOf(WeightedPoints points) =>
        GapStatistic.Of(points, [.. Enumerable.Range(1, 8).Select(k => KMeans.Best(points, k, 10, 1).Within)], 20, 10, 1);
}
