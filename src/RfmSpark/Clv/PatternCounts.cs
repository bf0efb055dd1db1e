using RfmSpark.Engine;

namespace RfmSpark.Clv;

/// <summary>Customers' histories and spend as the engine counted them, in days.</summary>
internal sealed record PatternCounts(IReadOnlyList<(int Repeats, int LastDay, int Days, long Customers)> Histories, RepeatSpends Spends)
{
    private const double DaysPerWeek = 7;

    // So many customers can come here one amount at a time; of more, those of about the same are brought together, which moves no digit of a fit that they leave uncertain.
    private const long FewCustomers = 50_000;

    internal static PatternCounts Read(IEngine engine, DateOnly asOf)
    {
        var histories = engine.Read(Sql.Of("purchase_patterns").With("as_of", asOf), row => (Repeats: (int)row.Long(0), LastDay: (int)row.Long(1), Days: (int)row.Long(2), Customers: row.Long(3)));
        var cell = histories.Where(h => h.Repeats > 0).Sum(h => h.Customers) <= FewCustomers ? new SqlExpression(_ => "repeat_spend") : ClvTables.Cell("repeat_spend");
        return new PatternCounts(histories, new RepeatSpends(engine.Read(Sql.Of("spend_patterns").With("cell", cell),
            row => new RepeatSpend((int)row.Long(0), (double)row.Decimal(2) / row.Long(0) / row.Long(1), row.Long(1)))));
    }

    internal static PurchaseHistory InWeeks(int repeats, int lastDay, int days) => new(repeats, lastDay / DaysPerWeek, days / DaysPerWeek);

    internal PurchaseHistories InWeeks() => new(Histories.Select(h => (InWeeks(h.Repeats, h.LastDay, h.Days), h.Customers)));

    /// <summary>How many times as many customers a week began in the first 4 weeks as in the 8 after; 0 if there are not as many weeks.</summary>
    internal double EarlyStarts()
    {
        var longest = Histories.Max(h => h.Days);
        if (longest < 12 * DaysPerWeek) return 0;
        double Between(int from, int to) => Histories.Where(h => longest - h.Days >= from && longest - h.Days < to).Sum(h => h.Customers);
        return Between(0, 28) / 4 / Math.Max(1, Between(28, 84) / 8);
    }
}
