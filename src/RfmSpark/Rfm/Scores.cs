using System.Globalization;
using RfmSpark.Engine;
using RfmSpark.Settings;

namespace RfmSpark.Rfm;

/// <summary>Scores of recency, frequency and monetary: the cuts are found here, from the counts of values; the customers are scored in SQL.</summary>
public static class Scores
{
    /// <summary>Makes <c>customer_scores</c> and <c>score_bands</c>; returns the distributions that they were cut from, and what deserves a line in the log.</summary>
    /// <exception cref="DataFault">No customer has a purchase on or before <paramref name="asOf"/>.</exception>
    public static ScoresMade Make(IEngine engine, RfmConfig config, DateOnly asOf)
    {
        var counts = engine.Read(Sql.Of("measure_values"), row => (Measure: row.Text(0)!, Value: row.Decimal(1), Customers: row.Long(2)))
            .ToLookup(c => c.Measure, c => (c.Value, c.Customers));
        if (counts.Count == 0)
            throw new DataFault(string.Create(CultureInfo.InvariantCulture,
                $"orders: no customer has a purchase (a day that comes to more than zero) on or before {asOf:yyyy-MM-dd}. Look at --as-of, and at orders.returns."));

        var measures = new Dictionary<string, (ValueCounts Values, ScoreCuts Cuts, bool ByThresholds)>();
        foreach (var (name, unit, thresholds) in new[] { ("recency", 1m, config.RecencyThresholds), ("frequency", 1m, config.FrequencyThresholds), ("monetary", 0.01m, config.MonetaryThresholds) })
        {
            var values = new ValueCounts(counts[name]);
            measures[name] = (values, ScoreCuts.Of(values, unit, config, thresholds), thresholds is { Count: > 0 });
        }

        var select = Sql.Of("customer_scores").With("bins", config.Bins).With("recency_classes", measures["recency"].Cuts.Breaks.Count)
            .With("recency_max", (int)measures["recency"].Cuts.Greatest)
            .With("frequency_min", (int)measures["frequency"].Cuts.Least)
            .With("monetary_min", measures["monetary"].Cuts.Least);
        foreach (var (name, (_, cuts, _)) in measures)
        {
            select = select.With(name + "_cuts", cuts.Cuts).With(name + "_quartiles", cuts.Quartiles).With(name + "_breaks", cuts.Breaks)
                .With(name + "_range", (double)(cuts.Greatest - cuts.Least));
        }
        engine.Define(WorkTables.CustomerScores, select);

        var bands = measures.SelectMany(m => ScoreBand.Of(m.Key, m.Value.Values, m.Value.Cuts)).ToList();
        ScoreBand.Put(engine, bands, asOf);
        return new ScoresMade(select, measures["recency"].Values, measures["frequency"].Values, measures["monetary"].Values,
            [.. bands.Where(b => b.Scheme == "score" && b.Customers == 0).GroupBy(b => b.Measure).Select(empty => string.Create(CultureInfo.InvariantCulture,
                $"{empty.Key}: nobody has score {string.Join(", ", empty.Select(b => b.Score).Order())}, {Why(measures[empty.Key].Values, measures[empty.Key].ByThresholds, config.Bins)}"))]);
    }

    private static string Why(ValueCounts values, bool byThresholds, int bins) =>
        byThresholds ? "since no value lies between those thresholds"
        : values.Total < bins ? "since there are fewer customers than scores"
        : "since equal values share a score and are not split";
}

/// <summary>How customers are scored, the distributions of the three measures, and what deserves a line in the log.</summary>
/// <param name="Select">Scores the customers of <c>customer_summary</c>, of whichever day, by these cuts.</param>
/// <param name="Recency">In days.</param>
/// <param name="Frequency">In orders.</param>
/// <param name="Monetary">In money.</param>
/// <param name="Notes">Lines for the log.</param>
public sealed record ScoresMade(Sql Select, ValueCounts Recency, ValueCounts Frequency, ValueCounts Monetary, IReadOnlyList<string> Notes);
