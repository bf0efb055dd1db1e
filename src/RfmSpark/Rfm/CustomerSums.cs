using RfmSpark.Engine;
using RfmSpark.Periods;
using RfmSpark.Settings;

namespace RfmSpark.Rfm;

/// <summary>What each customer has bought up to two days, the one that a run looks from and the one that it is compared with: one pass over the days tells both.</summary>
public static class CustomerSums
{
    /// <summary>Keeps <c>customer_sums</c>, with the <paramref name="periods"/> in which each has bought, and shows it as <c>customer_summary</c> as of <paramref name="asOf"/>.</summary>
    public static void Make(IEngine engine, RfmConfig config, PeriodBits periods, DateOnly earlier, DateOnly asOf)
    {
        engine.Create(Table(periods.Columns), Sql.Of("customer_sums")
            .With("as_of", asOf).With("earlier", earlier).With("year_ago", asOf.AddDays(-365))
            .With("count_days", config.Frequency == FrequencyOf.Days).With("periods", periods.Bought()).With("bits", periods.Names()));
        engine.Define(WorkTables.CustomerSummary, Sql.Of("customer_summary").With("as_of", asOf));
    }

    /// <summary>Shows the same as <c>customer_summary</c> as of the earlier day.</summary>
    public static void LookFrom(IEngine engine, DateOnly earlier) => engine.Define(WorkTables.CustomerSummary, Sql.Of("earlier_summary").With("earlier", earlier));

    /// <summary>Forgets all of it.</summary>
    public static void Drop(IEngine engine, PeriodBits periods)
    {
        engine.Drop(WorkTables.CustomerSummary);
        engine.Drop(Table(periods.Columns));
    }

    private static Table Table(IEnumerable<Column> bits) => new("customer_sums", "one row per customer with a line", [],
    [
        Tables.CustomerId,
        Tables.CustomerSegments["first_order"],
        .. TodayAndThen(Tables.CustomerSegments["last_order"]),
        .. TodayAndThen(Tables.CustomerSegments["frequency"]),
        .. TodayAndThen(Tables.CustomerSegments["monetary"]),
        .. TodayAndThen(WorkTables.CustomerSummary["purchase_days"]),
        .. TodayAndThen(WorkTables.CustomerSummary["repeat_spend"]),
        WorkTables.CustomerSummary["year_spend"],
        .. bits,
    ]);

    private static IEnumerable<Column> TodayAndThen(Column column) => [column, column with { Name = column.Name + "_then", Meaning = column.Meaning + ", up to the earlier day" }];
}
