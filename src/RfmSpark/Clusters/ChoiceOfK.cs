using System.Globalization;
using RfmSpark.Numerics;
using RfmSpark.Settings;

namespace RfmSpark.Clusters;

/// <summary>Which number of clusters each rule takes. They often disagree, so all are told.</summary>
/// <param name="Taken">Of the candidates, by rule; a rule that finds nothing to choose from is missing.</param>
/// <param name="Chosen">The number of the rule that the settings name.</param>
/// <param name="Note">What must be said of it; null if nothing.</param>
public sealed record ChoiceOfK(IReadOnlyDictionary<ClusterChoice, int> Taken, int Chosen, string? Note)
{
    /// <summary>Chooses.</summary>
    public static ChoiceOfK Of(IReadOnlyList<Candidate> candidates, ClustersConfig config)
    {
        var most = candidates[^1].K;
        var taken = new Dictionary<ClusterChoice, int>();
        if (config.Choice == ClusterChoice.Fixed || config.K <= most) taken[ClusterChoice.Fixed] = Math.Min(config.K, most);
        if (candidates.Where(c => c.Silhouette is not null).ToList() is { Count: > 0 } compared) taken[ClusterChoice.Silhouette] = compared.MaxBy(c => c.Silhouette)!.K;
        if (Elbow([.. candidates.Skip(1).Select(c => c.Fit.Within)]) is { } elbow) taken[ClusterChoice.Elbow] = elbow + 2;
        if (candidates.TakeWhile(c => c.Gap is not null).Select(c => c.Gap!.Value).ToList() is { Count: > 0 } gaps) taken[ClusterChoice.Gap] = Gap.Choose(gaps);
        if (!taken.TryGetValue(config.Choice, out var chosen))
            return new ChoiceOfK(taken, most, $"clusters.choice={SettingName.Of(config.Choice)} has nothing to choose from, since customers lie in {Places(most)}; k is {most}");
        return new ChoiceOfK(taken, chosen, config.Choice == ClusterChoice.Fixed && chosen < config.K ? $"clusters.k is {config.K}, but customers lie in only {Places(most)}; k is {chosen}" : null);
    }

    /// <summary>What the rules take that are not asked, in words.</summary>
    public string OtherRules(ClusterChoice asked) =>
        string.Join(", ", Taken.Where(t => t.Key != asked).Select(t => string.Create(CultureInfo.InvariantCulture, $"{SettingName.Of(t.Key)} takes {t.Value}")));

    /// <summary>The rules that take a number, as the settings write them.</summary>
    public string RulesFor(int k) => string.Join(", ", Taken.Where(t => t.Value == k).Select(t => SettingName.Of(t.Key)));

    // The one farthest below the chord from the first to the last, both scaled to 0 to 1 (Satopää, Albrecht, Irwin and Raghavan, "Finding a 'kneedle' in a haystack", 2011).
    private static int? Elbow(IReadOnlyList<double> within)
    {
        if (within.Count < 3 || within[0] <= within[^1]) return null;
        return Enumerable.Range(0, within.Count).MaxBy(i => 1 - ((double)i / (within.Count - 1)) - ((within[i] - within[^1]) / (within[0] - within[^1])));
    }

    private static string Places(int places) => places == 1 ? "one place" : $"{places} places that differ";
}
