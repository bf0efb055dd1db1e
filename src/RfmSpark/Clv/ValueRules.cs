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
    /// <summary>Gives the values that a customer's money is made of: parameters of the model of spend, the margin, and the day.</summary>
    public Sql WithSpend(Sql sql, DateOnly day) => sql.With("as_of", day).With("margin", (double)Config.Margin)
        .With("p", Spend?.Model.Parameters[0] ?? 1).With("q", Spend?.Model.Parameters[1] ?? 2).With("gamma", Spend?.Model.Parameters[2] ?? 0);

    /// <summary>
    /// Keeps what <c>earlier_customers</c> values the customers in <c>customer_summary</c> by, as of <paramref name="day"/>: <c>worth_patterns</c>, what the 12 months after it are worth of who is
    /// alive; <c>alive_patterns</c>, who is, if no closed form tells; and <c>customer_margins</c>. Returns the select that reads them.
    /// </summary>
    public Sql PutWorth(IEngine engine, Sql select, DateOnly day)
    {
        engine.Define(ClvTables.CustomerHistories, Sql.Of("customer_histories").With("as_of", day));
        PutWorthWhileAlive(engine);
        var histories = PutAlive(engine);
        engine.Drop(ClvTables.CustomerHistories);
        Margins.Put(engine, Config, day);
        return WithSpend(select, day)
            .With("p_alive", Model.ProbabilityAliveInSql ?? new SqlExpression(_ => "alive_patterns.p_alive"))
            .With("join_hint", PatternJoin.Hint("alive_patterns", histories));
    }

    // What a living customer will do depends on x and T alone: there are far fewer of these than of histories.
    private void PutWorthWhileAlive(IEngine engine)
    {
        var observed = engine.Read(Sql.Of("observed_lengths"), row => (Repeats: (int)row.Long(0), Days: row.Long(1)));
        var worth = new double?[observed.Count];
        if (Spend is not null) Parallel.For(0, worth.Length, i => worth[i] = Forecast.WhileAlive(observed[i].Repeats, observed[i].Days / Pattern.DaysPerWeek, PurchaseForecast.Year).Discounted);
        engine.Put(ClvTables.WorthPatterns, observed.Zip(worth), (pattern, row) =>
        {
            row.Long(pattern.First.Repeats);
            row.Long(pattern.First.Days);
            row.DoubleOrNull(pattern.Second);
        });
    }

    // How many histories there are; none if they need not be told.
    private int PutAlive(IEngine engine)
    {
        var patterns = Model.ProbabilityAliveInSql is null ? PatternCounts.ReadPatterns(engine) : [];
        var alive = new double[patterns.Count];
        Parallel.For(0, alive.Length, i => alive[i] = Model.ProbabilityAlive(patterns[i].InWeeks()));
        engine.Put(ClvTables.AlivePatterns, patterns.Zip(alive), (pattern, row) =>
        {
            row.Long(pattern.First.Repeats);
            row.Long(pattern.First.LastDay);
            row.Long(pattern.First.Days);
            row.Double(pattern.Second);
        });
        return patterns.Count;
    }

    /// <summary>Forgets what <see cref="PutWorth"/> kept.</summary>
    public static void Drop(IEngine engine)
    {
        engine.Drop(ClvTables.WorthPatterns);
        engine.Drop(ClvTables.AlivePatterns);
        engine.Drop(ClvTables.CustomerMargins);
    }
}
