using RfmSpark.Engine;

namespace RfmSpark.Clv;

/// <summary>Customers' histories and spend as the engine counted them.</summary>
/// <param name="Patterns">Distinct histories, in one order whatever order they were counted in, so that sums over them have the same digits.</param>
/// <param name="Spends">What repeat purchases came to.</param>
internal sealed record PatternCounts(IReadOnlyList<Pattern> Patterns, RepeatSpends Spends)
{
    // So many customers can come here one amount at a time; of more, those of about the same are brought together, which moves no digit of a fit that they leave uncertain.
    private const long FewCustomers = 50_000;

    /// <summary><see cref="Patterns"/> in weeks.</summary>
    internal IReadOnlyList<PurchaseHistory> Histories { get; } = [.. Patterns.Select(p => p.InWeeks())];

    /// <summary>Days from the first purchase of all to the end of what was observed.</summary>
    internal int LongestDays => Patterns.Max(p => p.Days);

    /// <summary>Reads what stands in <c>customer_histories</c>.</summary>
    internal static PatternCounts Read(IEngine engine)
    {
        var patterns = ReadPatterns(engine).OrderBy(p => p.Repeats).ThenBy(p => p.Days).ThenBy(p => p.LastDay).ToList();
        var cell = patterns.Where(h => h.Repeats > 0).Sum(h => h.Customers) <= FewCustomers ? new SqlExpression(_ => "repeat_spend") : ClvTables.Cell("repeat_spend");
        return new PatternCounts(patterns, new RepeatSpends(engine.Read(Sql.Of("spend_patterns").With("cell", cell),
            row => new RepeatSpend((int)row.Long(0), (double)row.Decimal(2) / row.Long(0) / row.Long(1), row.Long(1)))));
    }

    /// <summary>The histories alone, in any order.</summary>
    internal static IReadOnlyList<Pattern> ReadPatterns(IEngine engine) =>
        engine.Read(Sql.Of("purchase_patterns"), row => new Pattern((int)row.Long(0), (int)row.Long(1), (int)row.Long(2), row.Long(3), row.Long(4)));

    internal PurchaseHistories Counted() => new(Histories.Zip(Patterns, (history, pattern) => (history, pattern.Customers)));

    /// <summary>How many customers a week began in the first 4 weeks, and in the 8 after; null if there are not as many weeks.</summary>
    internal (double First, double Then)? WeeklyStarts()
    {
        var longest = LongestDays;
        if (longest < 12 * Pattern.DaysPerWeek) return null;
        double Between(int from, int to) => Patterns.Where(p => longest - p.Days >= from && longest - p.Days < to).Sum(p => p.Customers);
        return (Between(0, 28) / 4, Between(28, 84) / 8);
    }
}

/// <summary>A history, as the engine counted it.</summary>
/// <param name="Repeats">Purchase days after the first one.</param>
/// <param name="LastDay">Days from the first purchase to the last one.</param>
/// <param name="Days">Days from the first purchase to the end of what was observed.</param>
/// <param name="Customers">Customers with this history.</param>
/// <param name="PurchasesAfter">Their purchase days after that end, where any were held out.</param>
internal readonly record struct Pattern(int Repeats, int LastDay, int Days, long Customers, long PurchasesAfter)
{
    internal const double DaysPerWeek = 7;

    internal PurchaseHistory InWeeks() => new(Repeats, LastDay / DaysPerWeek, Days / DaysPerWeek);
}
