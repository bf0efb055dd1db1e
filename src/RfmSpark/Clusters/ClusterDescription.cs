using System.Globalization;
using System.Text.Json.Nodes;
using RfmSpark.Engine;
using RfmSpark.Rfm;
using RfmSpark.Settings;

namespace RfmSpark.Clusters;

/// <summary>Clusters as people see them: named, in scaled features, with how far they lie apart and how surely they are found again.</summary>
public sealed class ClusterDescription
{
    private static readonly (double From, string Words)[] Bounds = [(0.85, "highly stable"), (0.75, "valid"), (0.6, "a pattern only"), (0, "not to be trusted")];

    // Less than this share of the variance is what rounding leaves of none.
    private const double NoVariance = 1e-12;

    private readonly FeatureSpace _space;
    private readonly ClusterFit _fit;
    private readonly double[]? _stability;
    private readonly IReadOnlyList<ClusterName> _names;

    /// <param name="space">The features.</param>
    /// <param name="fit">The clusters; none is empty.</param>
    /// <param name="chosen">What they were started from: the stability of its clusters is that of those nearest to them.</param>
    /// <param name="scores">The distributions of recency, frequency and monetary.</param>
    /// <param name="personas">The names.</param>
    /// <param name="earlier">The names of the last day before.</param>
    public ClusterDescription(FeatureSpace space, ClusterFit fit, Candidate chosen, ScoresMade scores, PersonaSet personas, IReadOnlyList<EarlierName> earlier)
    {
        (_space, _fit) = (space, fit);
        _stability = chosen.Stability is { } stability ? [.. fit.Centres.Select(c => stability.Jaccard[Nearest(chosen.Fit.Centres, space.Place(c))])] : null;
        _names = Naming.Of([.. fit.Sums.Select(s => new ClusterMeans((decimal)s.Days / s.Customers, (decimal)s.Orders / s.Customers, s.Revenue / s.Customers))], scores, personas, earlier);
    }

    /// <summary>The features.</summary>
    public FeatureSpace Space => _space;

    /// <summary>Sum of squared distances of all customers in the fit from their centres, in scaled features.</summary>
    public double Within => _fit.Within / _space.Factor / _space.Factor;

    /// <summary>
    /// One-way analysis of variance of a feature over the clusters (Fisher, "Statistical Methods for Research Workers", 1925): F, the mean square between over that
    /// within, and eta squared, the share of the sum of squares between. Null where there is none to divide by.
    /// </summary>
    public (double? F, double? EtaSquared) Effect(int dimension)
    {
        var (k, n) = (_fit.Sums.Length, _fit.Sums.Sum(s => s.Customers));
        var total = SumOfSquares(_fit.Sums.Sum(s => s.Squares[dimension]), _fit.Sums.Sum(s => s.Sums[dimension]), n);
        if (total <= NoVariance * _space.Factor * _space.Factor * n || k == 1) return (null, null);
        var within = _fit.Sums.Sum(s => SumOfSquares(s.Squares[dimension], s.Sums[dimension], s.Customers));
        if (within <= NoVariance * total) return (null, 1);
        return (n > k ? (total - within) / (k - 1) / (within / (n - k)) : null, (total - within) / total);
    }

    /// <summary>Keeps the clusters as <c>cluster_facts</c>.</summary>
    internal void PutFacts(IEngine engine) => engine.Put(WorkTables.ClusterFacts, Enumerable.Range(0, _fit.Centres.Length), (c, row) =>
    {
        row.Long(c + 1);
        row.Text(_names[c].Persona);
        row.Text(_names[c].Description);
        row.Double(_fit.Sums[c].Within / _space.Factor / _space.Factor);
        row.DoubleOrNull(_stability?[c]);
        row.Text(_stability is null ? null : Bounds.First(b => _stability[c] >= b.From).Words);
        row.Text(Json(_space.Scales.Select((s, d) => (SettingName.Of(s.Feature), _fit.Centres[c][d] / _space.Factor))));
        row.Text(Json(Enumerable.Range(0, _fit.Centres.Length).Where(other => other != c)
            .Select(other => ((other + 1).ToString(CultureInfo.InvariantCulture), Distance(_space.Place(_fit.Centres[c]), _space.Place(_fit.Centres[other]))))));
    });

    private static double SumOfSquares(double squares, double sum, long n) => Math.Max(0, squares - (sum * sum / n));

    private static int Nearest(double[][] centres, double[] place) => Enumerable.Range(0, centres.Length).MinBy(c => Distance(centres[c], place));

    private static double Distance(double[] a, double[] b) => Math.Sqrt(a.Zip(b, (x, y) => (x - y) * (x - y)).Sum());

    private static string Json(IEnumerable<(string Name, double Value)> values) =>
        new JsonObject(values.Select(v => KeyValuePair.Create<string, JsonNode?>(v.Name, v.Value))).ToJsonString();
}
