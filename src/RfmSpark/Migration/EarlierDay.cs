using RfmSpark.Clusters;
using RfmSpark.Clv;
using RfmSpark.Engine;
using RfmSpark.Rfm;
using RfmSpark.Runs;
using RfmSpark.Settings;

namespace RfmSpark.Migration;

/// <summary>The rules of the day that a run looks from: where its scores are cut, where its clusters lie, what its models expect.</summary>
public sealed record SegmentRules(ScoresMade Scores, ClusterRules Clusters, ValueRules Values, IReadOnlyList<decimal> TierCuts);

/// <summary>A day to compare with, whose customers are in <c>earlier_customers</c>.</summary>
/// <param name="Day">The day.</param>
/// <param name="IsPublished">Whether they are those of the run as of that day; else they are computed from the orders.</param>
internal sealed record EarlierDay(DateOnly Day, bool IsPublished)
{
    private const string Published = "customers_then";

    /// <summary>
    /// The day that <paramref name="asOf"/> is compared with. Months end on different days: from the last day of one it may also be the last day of the month then, if a run is published as of
    /// that day and none as of the other.
    /// </summary>
    internal static DateOnly Before(DateOnly asOf, CalendarStep lookback, IReadOnlyList<FinishedRun> runs)
    {
        var day = lookback.Before(asOf);
        return lookback.IsInMonths && asOf == LastOfMonth(asOf) && !IsPublished(day) && IsPublished(LastOfMonth(day)) ? LastOfMonth(day) : day;

        bool IsPublished(DateOnly then) => runs.Any(r => r.Day == then);
        static DateOnly LastOfMonth(DateOnly day) => new(day.Year, day.Month, DateTime.DaysInMonth(day.Year, day.Month));
    }

    /// <summary>
    /// Keeps <c>earlier_customers</c>, as published if <paramref name="runs"/> have one as of <paramref name="day"/>; otherwise <c>customer_summary</c> and all that follows are made anew, as of
    /// that day, up to which <c>customer_sums</c> must have been told.
    /// </summary>
    internal static EarlierDay Of(IEngine engine, SegmentRules rules, IReadOnlyList<FinishedRun> runs, DateOnly day)
    {
        if (runs.FirstOrDefault(r => r.Day == day) is { } run
            && run.OpenNow(engine, Tables.CustomerSegments, Published) is { } columns
            && WorkTables.EarlierCustomers.Columns.All(c => columns.Contains(c.Name)))
        {
            engine.Create(WorkTables.EarlierCustomers, Sql.Inline($"SELECT {string.Join(", ", WorkTables.EarlierCustomers.Columns.Select(c => c.Name))} FROM {Published}"));
            return new EarlierDay(day, true);
        }
        Compute(engine, rules, day);
        return new EarlierDay(day, false);
    }

    private static void Compute(IEngine engine, SegmentRules rules, DateOnly day)
    {
        CustomerSums.LookFrom(engine, day);                                                                      // customer_sums     → customer_summary
        engine.Define(WorkTables.CustomerScores, rules.Scores.Select);                                           // customer_summary  → customer_scores
        rules.Clusters.Label(engine, day);                                                                       // customer_scores   → customer_labels
        engine.Create(WorkTables.EarlierCustomers,
            rules.Values.PutWorth(engine, Sql.Of("earlier_customers"), day).With("tier_cuts", rules.TierCuts));   // customer_labels, customer_summary → earlier_customers
        rules.Clusters.Drop(engine);
        ValueRules.Drop(engine);
    }
}
