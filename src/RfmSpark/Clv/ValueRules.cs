using RfmSpark.Engine;
using RfmSpark.Settings;

namespace RfmSpark.Clv;

/// <summary>The models of one day, by which customers of another day are valued.</summary>
/// <param name="Model">When customers buy.</param>
/// <param name="Forecast">How often, by that model.</param>
/// <param name="Spend">What they spend; null if nobody bought again, and nothing is valued.</param>
/// <param name="Config">Discount and margins.</param>
public sealed record ValueRules(PurchaseModel Model, PurchaseForecast Forecast, ExpectedSpend? Spend, ClvConfig Config)
{
    // Of about a hundred bytes each.
    private const int MostOnEachMachine = 1_000_000;

    /// <summary>Gives the values that a customer's money is made of: parameters of the model of spend, the margin, and the day.</summary>
    public Sql WithSpend(Sql sql, DateOnly day) => sql.With("as_of", day).With("margin", (double)Config.Margin)
        .With("p", Spend?.Model.Parameters[0] ?? 1).With("q", Spend?.Model.Parameters[1] ?? 2).With("gamma", Spend?.Model.Parameters[2] ?? 0);

    /// <summary>Keeps <c>worth_patterns</c>, what the 12 months after <paramref name="day"/> are worth of each history in <c>customer_summary</c>, and <c>customer_margins</c> as of that day.</summary>
    /// <returns>How a cluster is to join customers with them: each machine gets all of them, so that customers stay where they are, as long as they fit beside its work.</returns>
    public SqlExpression PutWorth(IEngine engine, DateOnly day)
    {
        engine.Define(ClvTables.CustomerHistories, Sql.Of("customer_histories").With("as_of", day));
        var patterns = PatternCounts.ReadPatterns(engine);
        engine.Drop(ClvTables.CustomerHistories);
        var worth = new double?[patterns.Count];
        if (Spend is not null)
        {
            Parallel.For(0, worth.Length, i =>
            {
                var history = patterns[i].InWeeks();
                worth[i] = Model.ProbabilityAlive(history) * Forecast.WhileAlive(history.Repeats, history.Weeks, PurchaseForecast.Year).Discounted;
            });
        }
        engine.Put(ClvTables.WorthPatterns, patterns.Zip(worth), (pattern, row) =>
        {
            row.Long(pattern.First.Repeats);
            row.Long(pattern.First.LastDay);
            row.Long(pattern.First.Days);
            row.DoubleOrNull(pattern.Second);
        });
        Margins.Put(engine, Config, day);
        return new SqlExpression(_ => patterns.Count <= MostOnEachMachine ? "/*+ BROADCAST(worth_patterns) */" : "/*+ SHUFFLE_HASH(worth_patterns) */");
    }

    /// <summary>Forgets what <see cref="PutWorth"/> kept.</summary>
    public static void Drop(IEngine engine)
    {
        engine.Drop(ClvTables.WorthPatterns);
        engine.Drop(ClvTables.CustomerMargins);
    }
}
