using RfmSpark.Engine;
using RfmSpark.Settings;

namespace RfmSpark.Clv;

/// <summary>What is expected of each history, for the customers to be joined with.</summary>
internal static class Expectations
{
    private const int Quarter = 3;
    private const int Year = PurchaseForecast.Year;

    /// <summary>What is expected by <paramref name="model"/> up to all horizons that are told.</summary>
    internal static PurchaseForecast Forecast(PurchaseModel model, ClvConfig config) => new(model, (double)config.AnnualDiscount, Months(config));

    /// <summary>
    /// Keeps <c>clv_patterns</c> and <c>horizon_patterns</c>: without a model of <paramref name="spend"/> there is nothing to expect, and P(alive) is known only where customers are seen
    /// to leave.
    /// </summary>
    internal static void Put(IEngine engine, PatternCounts counts, ModelChoice choice, PurchaseForecast forecast, ExpectedSpend? spend, ClvConfig config)
    {
        var horizons = config.Horizons.Select(h => Horizon.Parse(h)!).ToList();
        var months = Months(config);
        var expected = spend is null ? [] : Of(counts, choice.Chosen, spend, forecast);
        PutPatterns(engine, counts, expected, choice.KnowsWhoIsAlive, Array.IndexOf(months, Quarter), Array.IndexOf(months, Year));
        engine.Put(ClvTables.HorizonPatterns, counts.Patterns.Zip(expected)
            .SelectMany(_ => horizons, (pattern, horizon) => (Pattern: pattern.First, Value: pattern.Second, Horizon: horizon)), (at, row) =>
        {
            var outlook = at.Value.Outlooks[Array.IndexOf(months, at.Horizon.Months)];
            row.Long(at.Pattern.Repeats);
            row.Long(at.Pattern.LastDay);
            row.Long(at.Pattern.Days);
            row.Text(at.Horizon.Text);
            row.Double(at.Value.Alive * outlook.Expected);
            row.Double(at.Value.Alive * outlook.Discounted);
        });
    }

    private static void PutPatterns(IEngine engine, PatternCounts counts, IReadOnlyList<Expectation> expected, bool knowsWhoIsAlive, int quarter, int year) =>
        engine.Put(ClvTables.ClvPatterns, counts.Patterns.Index(), (pattern, row) =>
        {
            var (i, history) = pattern;
            row.Long(history.Repeats);
            row.Long(history.LastDay);
            row.Long(history.Days);
            if (expected.Count == 0)
            {
                foreach (var _ in ClvTables.ClvPatterns.Columns.Skip(3)) row.Null();
                return;
            }
            var e = expected[i];
            row.DoubleOrNull(knowsWhoIsAlive ? e.Alive : null);
            row.Double(e.Alive * e.Outlooks[quarter].Expected);
            row.Double(e.Alive * e.Outlooks[year].Expected);
            row.Double(e.Alive * e.Outlooks[quarter].Discounted);
            row.Double(e.Alive * e.Outlooks[year].Discounted);
            // Money that comes later is worth less, at the low end as at the high one.
            var worth = e.Outlooks[year].Expected > 0 ? e.Outlooks[year].Discounted / e.Outlooks[year].Expected : 1;
            row.Double(e.Low * worth);
            row.Double(e.High * worth);
            row.DoubleOrNull(e.Variance * worth * worth);
            for (var k = 0; k < ParameterUncertainty.MostDirections; k++) row.Double(k < e.Slopes.Count ? e.Slopes[k][i] * worth : 0);
        });

    private static double[] Months(ClvConfig config) => [.. config.Horizons.Select(h => Horizon.Parse(h)!.Months).Concat([Quarter, Year]).Distinct().Order()];

    private static Expectation[] Of(PatternCounts counts, PurchaseFit fit, ExpectedSpend spend, PurchaseForecast forecast)
    {
        const double ahead = Year * Horizon.WeeksPerMonth;
        var model = fit.Model;
        var histories = counts.Histories;
        var pairs = histories.Select(h => (h.Repeats, h.Weeks)).Distinct().ToList();
        var intervals = new SpendIntervals(model, spend.Model, ahead, pairs);
        var slopes = ParameterUncertainty.Of(fit)?.Slopes(histories, ahead);
        var isKnown = slopes is not null && spend.Uncertainty is not null;
        var expected = new Expectation[histories.Count];
        Parallel.For(0, expected.Length, i =>
        {
            var (repeats, _, weeks) = histories[i];
            var alive = model.ProbabilityAlive(histories[i]);
            var (low, high) = intervals.Of(repeats, weeks, alive);
            expected[i] = new Expectation(alive, forecast.WhileAlive(repeats, weeks), low, high, isKnown ? intervals.Variance(repeats, weeks, alive) : null, slopes ?? []);
        });
        return expected;
    }

    private readonly record struct Expectation(double Alive, IReadOnlyList<Outlook> Outlooks, double Low, double High, double? Variance, IReadOnlyList<double[]> Slopes);
}
