using RfmSpark.Clusters;
using RfmSpark.Numerics;
using RfmSpark.Settings;

namespace RfmSpark.Tests.Clusters;

/// <summary>Rules that choose the number of clusters, on curves whose answer is plain; and what is said of a fit.</summary>
public sealed class ChoiceOfKTests
{
    private static readonly ClustersConfig Config = SettingsBinder.Bind(new SettingsSources().AddFile(Path.Combine(Checkout.Root, "conf", "base.json"))).Clusters;

    [Fact]
    public void Each_rule_takes_its_own()
    {
        // From 2 to 6: the chord runs from 100 to 20, and 4 lies farthest below it (60 − 30). The gap of 3 is within one error of that of 4.
        var choice = ChoiceOfK.Of(Candidates([200, 100, 70, 30, 25, 20], [null, .5, .6, .4, .7, .3], [0.1, 0.2, 0.50, 0.55, 0.6, 0.7]), Config with { Choice = ClusterChoice.Elbow, K = 5 });

        Assert.Equal(4, choice.Chosen);
        Assert.Equal(new Dictionary<ClusterChoice, int> { [ClusterChoice.Fixed] = 5, [ClusterChoice.Silhouette] = 5, [ClusterChoice.Elbow] = 4, [ClusterChoice.Gap] = 3 }, choice.Taken);
        Assert.Equal("fixed, silhouette", choice.RulesFor(5));
        Assert.Null(choice.Note);
    }

    [Fact]
    public void More_clusters_than_places_are_cut_down_with_a_sentence()
    {
        var choice = ChoiceOfK.Of(Candidates([9, 0], [null, 1], [0.1, null]), Config);

        Assert.Equal(2, choice.Chosen);
        Assert.Equal("clusters.k is 4, but customers lie in only 2 places that differ; k is 2", choice.Note);
    }

    [Fact]
    public void A_fit_more_than_a_hundredth_above_the_best_known_is_a_warning()
    {
        Assert.Empty(new FitFacts(100.9, 100, 3, true, false).Warnings());
        Assert.Contains("1.1 % above the best", Assert.Single(new FitFacts(101.1, 100, 3, true, false).Warnings()), StringComparison.Ordinal);
        Assert.Contains("had not come to rest after 300 steps", Assert.Single(new FitFacts(100, 100, 300, false, false).Warnings()), StringComparison.Ordinal);
        Assert.Null(new FitFacts(0, 0, 1, true, false).Excess);
    }

    private static List<Candidate> Candidates(double[] within, double?[] silhouettes, double?[] gaps) => [.. within.Select((w, i) =>
        new Candidate(new KMeansFit(new double[i + 1][], [], w, 1, true), silhouettes[i], null, gaps[i] is { } gap ? new Gap(gap, 0.06) : null, null, null))];
}
