using System.Globalization;
using RfmSpark.Numerics;
using RfmSpark.Rfm;

namespace RfmSpark.Clusters;

/// <summary>A cluster's name, and why it has it.</summary>
public sealed record ClusterName(string Persona, string Description);

/// <summary>
/// Names clusters by what their customers are like, never by their numbers, and keeps the name that such customers had on the day before: so the same customers keep their name from week to
/// week. No name is given twice.
/// </summary>
public static class Naming
{
    // Dearer than any distance between places, so that a name is given a second time only when all are taken.
    private const double Again = 100;

    // By so much another name must be nearer, as squared distance of places, before it takes the place of an earlier one: half of what lies between neighbours such as Loyal and At Risk.
    private const double WorthRenaming = 0.05;

    // As far apart as neighbours are: no cluster of another day that lies farther off is taken for the same.
    private const double Elsewhere = 0.1;
    private const double High = 2.0 / 3, Low = 1.0 / 3;

    /// <summary>The names of clusters with these means, which are not empty. <paramref name="earlier"/> are those of the last day before, if there is one.</summary>
    public static IReadOnlyList<ClusterName> Of(IReadOnlyList<ClusterMeans> clusters, ScoresMade scores, PersonaSet set, IReadOnlyList<EarlierName> earlier)
    {
        var places = clusters.Select(c => PlaceOf(c, scores)).ToList();
        var names = set.ByComposite ? ByComposite(clusters, scores, set) : ByPlace(places, set, NamesOfTheSame(places, [.. earlier.Select(e => (e.Persona, PlaceOf(e.Means, scores)))]));
        return [.. names.Select((name, i) => new ClusterName(name, Describe(i, clusters, places)))];
    }

    private static double[] PlaceOf(ClusterMeans means, ScoresMade scores) =>
        [1 - ShareBelow(scores.Recency, means.Recency), ShareBelow(scores.Frequency, means.Frequency), ShareBelow(scores.Monetary, means.Monetary)];

    // The earlier name of each cluster that lies where one lay then; null for others. Past the earlier clusters there is a column for each that is the same as none.
    private static string?[] NamesOfTheSame(List<double[]> places, List<(string Persona, double[] Place)> earlier)
    {
        var costs = new double[places.Count, earlier.Count + places.Count];
        for (var c = 0; c < places.Count; c++)
            for (var column = 0; column < costs.GetLength(1); column++)
                costs[c, column] = column < earlier.Count ? SquaredDistance(places[c], earlier[column].Place) : Elsewhere;
        return [.. Assignment.Cheapest(costs).Select(column => column < earlier.Count ? earlier[column].Persona : null)];
    }

    // Each cluster the persona that it is most like, so that the distances come to the least together.
    private static string[] ByPlace(List<double[]> places, PersonaSet set, string?[] before)
    {
        var rounds = ((places.Count - 1) / set.Personas.Count) + 1;
        var costs = new double[places.Count, rounds * set.Personas.Count];
        for (var c = 0; c < places.Count; c++)
            for (var column = 0; column < costs.GetLength(1); column++)
                costs[c, column] = SquaredDistance(places[c], set.Personas[column % set.Personas.Count].Place!) + (Again * (column / set.Personas.Count)) - (Name(column) == before[c] ? WorthRenaming : 0);
        return [.. Assignment.Cheapest(costs).Select(Name)];

        string Name(int column) => Numbered(set.Personas[column % set.Personas.Count].Name, column / set.Personas.Count);
    }

    private static double SquaredDistance(IReadOnlyList<double> a, IReadOnlyList<double> b) => a.Zip(b, (x, y) => (x - y) * (x - y)).Sum();

    private static string[] ByComposite(IReadOnlyList<ClusterMeans> clusters, ScoresMade scores, PersonaSet set)
    {
        var (composites, used, names) = (clusters.Select(c => c.Composite(scores)).ToList(), new Dictionary<string, int>(), new string[clusters.Count]);
        foreach (var c in Enumerable.Range(0, clusters.Count).OrderByDescending(c => composites[c]))
        {
            var name = (set.Personas.FirstOrDefault(p => composites[c] >= p.CompositeFrom) ?? set.Personas[^1]).Name;
            names[c] = Numbered(name, used.GetValueOrDefault(name));
            used[name] = used.GetValueOrDefault(name) + 1;
        }
        return names;
    }

    private static string Numbered(string name, int before) => before == 0 ? name : string.Create(CultureInfo.InvariantCulture, $"{name} {before + 1}");

    private static string Describe(int cluster, IReadOnlyList<ClusterMeans> clusters, List<double[]> places)
    {
        if (clusters.Count == 1) return "all customers";
        string?[] words =
        [
            TellsApart(c => c.Recency)
                ? Word(places[cluster][0], Rank(c => -c.Recency),
                    "bought most recently", "bought recently", "last bought a while ago", "has not bought for long", "has not bought for longest")
                : null,
            TellsApart(c => c.Frequency) ? Word(places[cluster][1], Rank(c => c.Frequency), "buys most often", "buys often", "buys now and then", "buys seldom", "buys most seldom") : null,
            TellsApart(c => c.Monetary) ? Word(places[cluster][2], Rank(c => c.Monetary), "spends most", "spends much", "spends a middling sum", "spends little", "spends least") : null,
        ];
        return string.Join(", ", words.OfType<string>());

        bool TellsApart(Func<ClusterMeans, decimal> measure) => clusters.Select(measure).Distinct().Skip(1).Any();

        // 1 if no other cluster is as high, -1 if none is as low, else 0.
        int Rank(Func<ClusterMeans, decimal> measure)
        {
            var own = measure(clusters[cluster]);
            var others = clusters.Where((_, i) => i != cluster).Select(measure).ToList();
            return others.All(o => o < own) ? 1 : others.All(o => o > own) ? -1 : 0;
        }
    }

    private static string Word(double place, int rank, string highest, string high, string middle, string low, string lowest) =>
        rank == 1 ? highest : rank == -1 ? lowest : place >= High ? high : place <= Low ? low : middle;

    // Half of those with the same value count as below, so that a value which most customers have lies in the middle of them.
    internal static double ShareBelow(ValueCounts values, decimal value)
    {
        var upTo = values.Between(null, value).Customers;
        var below = values.GreatestBelow(value) is { } before ? values.Between(null, before).Customers : 0;
        return (upTo + below) / (2.0 * values.Total);
    }
}

/// <summary>What a cluster's customers are like on average.</summary>
public sealed record ClusterMeans(decimal Recency, decimal Frequency, decimal Monetary)
{
    /// <summary>The mean of the customers' composite scores, which are straight-line in each measure.</summary>
    public double Composite(ScoresMade scores) => (1 - Scaled(Recency, scores.Recency)) + Scaled(Frequency, scores.Frequency) + Scaled(Monetary, scores.Monetary)
        - (scores.Recency.Values.Count == 1 ? 1 : 0);

    private static double Scaled(decimal value, ValueCounts values) => values.Values.Count == 1 ? 0 : (double)((value - values.Values[0]) / (values.Values[^1] - values.Values[0]));
}
