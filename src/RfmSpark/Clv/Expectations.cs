using RfmSpark.Engine;

namespace RfmSpark.Clv;

/// <summary>What is expected of each history, for the customers to be joined with.</summary>
internal static class Expectations
{
    private const int Year = 12;

    /// <summary>Keeps <c>clv_patterns</c>: without a model of <paramref name="spend"/> there is nothing to expect, and P(alive) is known only where customers are seen to leave.</summary>
    internal static void Put(IEngine engine, PatternCounts counts, ModelChoice choice, GammaGamma? spend, double annualDiscount)
    {
        var expected = spend is null ? new Expectation?[counts.Patterns.Count] : Of(counts, choice.Chosen.Model, spend, annualDiscount);
        engine.Put(ClvTables.ClvPatterns, counts.Patterns.Zip(expected), (pattern, row) =>
        {
            var (history, value) = pattern;
            row.Long(history.Repeats);
            row.Long(history.LastDay);
            row.Long(history.Days);
            if (value is not { } e)
            {
                for (var i = 0; i < 7; i++) row.Null();
                return;
            }
            if (choice.KnowsWhoIsAlive) row.Double(e.Alive);
            else row.Null();
            foreach (var purchases in new[] { e.Outlook.Expected3, e.Outlook.Expected12, e.Outlook.Discounted3, e.Outlook.Discounted12 }) row.Double(e.Alive * purchases);
            // Money that comes later is worth less, at the low end as at the high one.
            var worth = e.Outlook.Expected12 > 0 ? e.Outlook.Discounted12 / e.Outlook.Expected12 : 1;
            row.Double(e.Low * worth);
            row.Double(e.High * worth);
        });
    }

    private static Expectation?[] Of(PatternCounts counts, PurchaseModel model, GammaGamma spend, double annualDiscount)
    {
        var histories = counts.Patterns.Select(p => p.InWeeks()).ToList();
        var forecast = new PurchaseForecast(model, annualDiscount);
        var intervals = new SpendIntervals(model, spend, Year * PurchaseForecast.WeeksPerMonth, histories.Select(h => (h.Repeats, h.Weeks)));
        var expected = new Expectation?[histories.Count];
        Parallel.For(0, expected.Length, i =>
        {
            var alive = model.ProbabilityAlive(histories[i]);
            var (low, high) = intervals.Of(histories[i].Repeats, histories[i].Weeks, alive);
            expected[i] = new Expectation(alive, forecast.WhileAlive(histories[i].Repeats, histories[i].Weeks), low, high);
        });
        return expected;
    }

    private readonly record struct Expectation(double Alive, Outlook Outlook, double Low, double High);
}
