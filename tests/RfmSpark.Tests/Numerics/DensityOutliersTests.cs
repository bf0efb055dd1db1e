using FsCheck.Xunit;
using RfmSpark.Numerics;

namespace RfmSpark.Tests.Numerics;

public sealed class DensityOutliersTests
{
    [Fact]
    public void The_noise_of_the_20_customers_is_that_of_scikit_learns_DBSCAN()
    {
        foreach (var expected in ClusterReference.Values["case_study_20"]!["dbscan"]!.AsArray())
        {
            var noise = DensityOutliers.Noise(ClusterReference.Case(), expected!["eps"]!.GetValue<double>(), expected["min_samples"]!.GetValue<int>());
            Assert.Equal(ClusterReference.Ints(expected["noise_indices"]), Enumerable.Range(0, noise.Length).Where(i => noise[i]));
        }
    }

    [Property(MaxTest = 60)]
    public void Noise_is_what_the_definition_says_and_a_weight_is_that_many_points(ulong seed)
    {
        var random = new Pcg32(seed);
        var rows = Enumerable.Range(0, 60).Select(_ => new[] { 2 * random.NextNormal(), random.NextNormal(), random.NextNormal() }).ToArray();
        double[] weights = [.. rows.Select(_ => 1.0 + (random.NextUInt() % 3))];
        const double eps = 0.9, minimum = 6;

        var noise = DensityOutliers.Noise(ClusterReference.Points(rows, weights), eps, minimum);

        bool Near(int i, int j) => rows[i].Zip(rows[j], (a, b) => (a - b) * (a - b)).Sum() <= eps * eps;
        var core = Enumerable.Range(0, 60).Select(i => Enumerable.Range(0, 60).Where(j => Near(i, j)).Sum(j => weights[j]) >= minimum).ToArray();
        Assert.Equal(Enumerable.Range(0, 60).Select(i => !core[i] && !Enumerable.Range(0, 60).Any(j => core[j] && Near(i, j))), noise);
    }
}
