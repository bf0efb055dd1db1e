using RfmSpark.Engine;

namespace RfmSpark.Clv;

/// <summary>What is expected of each history, for the customers to be joined with.</summary>
internal static class Expectations
{
    private const int Year = 12;

    /// <summary>Keeps <c>clv_patterns</c>: without a model of <paramref name="spend"/> there is nothing to expect, and P(alive) is known only where customers are seen to leave.</summary>
    internal static void Put(IEngine engine, PatternCounts counts, ModelChoice choice, ExpectedSpend? spend, double annualDiscount)
    {
        var expected = spend is null ? new Expectation?[counts.Patterns.Count] : Of(counts, choice.Chosen, spend, annualDiscount);
        engine.Put(ClvTables.ClvPatterns, counts.Patterns.Zip(expected), (pattern, row) =>
        {
            var (history, value) = pattern;
            row.Long(history.Repeats);
            row.Long(history.LastDay);
            row.Long(history.Days);
            if (value is not { } e)
            {
                for (var i = 0; i < 8 + ParameterUncertainty.MostDirections; i++) row.Null();
                return;
            }
            if (choice.KnowsWhoIsAlive) row.Double(e.Alive);
            else row.Null();
            foreach (var purchases in new[] { e.Outlook.Expected3, e.Outlook.Expected12, e.Outlook.Discounted3, e.Outlook.Discounted12 }) row.Double(e.Alive * purchases);
            // Money that comes later is worth less, at the low end as at the high one.
            var worth = e.Outlook.Expected12 > 0 ? e.Outlook.Discounted12 / e.Outlook.Expected12 : 1;
            row.Double(e.Low * worth);
            row.Double(e.High * worth);
            if (e.Variance is { } variance) row.Double(variance * worth * worth);
            else row.Null();
            for (var k = 0; k < ParameterUncertainty.MostDirections; k++) row.Double(k < e.Slopes.Count ? e.Slopes[k] * worth : 0);
        });
    }

    private static Expectation?[] Of(PatternCounts counts, PurchaseFit fit, ExpectedSpend spend, double annualDiscount)
    {
        const double ahead = Year * PurchaseForecast.WeeksPerMonth;
        var model = fit.Model;
        var histories = counts.Patterns.Select(p => p.InWeeks()).ToList();
        var forecast = new PurchaseForecast(model, annualDiscount);
        var intervals = new SpendIntervals(model, spend.Model, ahead, histories.Select(h => (h.Repeats, h.Weeks)));
        var slopes = ParameterUncertainty.Of(fit)?.Slopes(histories, ahead);
        var isKnown = slopes is not null && spend.Uncertainty is not null;
        var expected = new Expectation?[histories.Count];
        Parallel.For(0, expected.Length, i =>
        {
            var alive = model.ProbabilityAlive(histories[i]);
            var (low, high) = intervals.Of(histories[i].Repeats, histories[i].Weeks, alive);
            expected[i] = new Expectation(alive, forecast.WhileAlive(histories[i].Repeats, histories[i].Weeks), low, high,
                isKnown ? intervals.Variance(histories[i].Repeats, histories[i].Weeks, alive) : null, [.. (slopes ?? []).Select(s => s[i])]);
        });
        return expected;
    }

    private readonly record struct Expectation(double Alive, Outlook Outlook, double Low, double High, double? Variance, IReadOnlyList<double> Slopes);
}
