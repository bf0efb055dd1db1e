using System.Globalization;
using System.Text.Json.Nodes;
using RfmSpark.Engine;
using RfmSpark.Rfm;
using RfmSpark.Runs;
using RfmSpark.Settings;

namespace RfmSpark.Migration;

/// <summary>How customers have moved between segments since an earlier day, and whose segment changed since the run before.</summary>
public static class SegmentMigration
{
    private const string LastRun = "customers_of_last_run";

    /// <summary>
    /// Makes <c>segment_migration</c>, <c>segment_changes</c>, <c>segment_metrics</c> and <c>last_segments</c>; returns what is to be said. The run before is the last one of
    /// <paramref name="runs"/> as of a day before <paramref name="asOf"/>; <paramref name="configuration"/> is that of this one.
    /// </summary>
    public static MigrationMade Make(IEngine engine, SegmentRules rules, Legend legend, DateOnly earlierDay, CohortPeriod period,
        IReadOnlyDictionary<string, decimal> roiByTier, IReadOnlyList<FinishedRun> runs, JsonNode configuration, DateOnly asOf)
    {
        var earlier = EarlierDay.Of(engine, rules, runs, earlierDay);
        engine.Create(WorkTables.CustomerMoves, Sql.Of("customer_moves").With("period", SettingName.Of(period)));
        engine.Create(Tables.SegmentMigration, Sql.Of("segment_migration").With("as_of", asOf).With("earlier", earlier.Day).With("snapshot", earlier.IsPublished ? "published" : "computed"));
        SegmentMetrics.Put(engine, legend, roiByTier, earlier.Day, asOf);

        var runBefore = runs.LastOrDefault(r => r.Day < asOf);
        var last = PutLastSegments(engine, runBefore, earlier);
        engine.Put(WorkTables.SegmentGrades, [.. legend.High.Select(s => (Segment: s, Grade: "high")), .. legend.AtRisk.Select(s => (Segment: s, Grade: "at risk"))], (graded, row) =>
        {
            row.Text(graded.Segment);
            row.Text(graded.Grade);
        });
        engine.Create(Tables.SegmentChanges, Sql.Of("segment_changes").With("as_of", asOf).With("last", last));
        engine.Drop(WorkTables.CustomerMoves);
        var (moved, came, warnings) = engine.Read(Sql.Inline("SELECT CAST(COUNT(from_segment) AS BIGINT), CAST(COUNT(*) - COUNT(from_segment) AS BIGINT), "
                + "CAST(SUM(CASE WHEN is_warning THEN 1 ELSE 0 END) AS BIGINT) FROM segment_changes"),
            row => (row.Long(0), row.Long(1), row.IsNull(2) ? 0 : row.Long(2)))[0];
        var compared = runs.Where(r => (earlier.IsPublished && r.Day == earlier.Day) || r == runBefore).ToList();
        return new MigrationMade(string.Create(CultureInfo.InvariantCulture,
            $"migration: since {last:yyyy-MM-dd} {moved:N0} customers changed their segment, {warnings:N0} of them from a good one to one at risk; {came:N0} are new"),
            [.. RuleChanges.Warnings(compared, configuration), .. RuleChanges.ModelWarnings(engine, compared)]);
    }

    // The day that they are of.
    private static DateOnly PutLastSegments(IEngine engine, FinishedRun? run, EarlierDay earlier)
    {
        if (run?.OpenNow(engine, Tables.CustomerSegments, LastRun) is { } columns && WorkTables.LastSegments.Columns.All(c => columns.Contains(c.Name)))
        {
            engine.Create(WorkTables.LastSegments, Sql.Inline($"SELECT customer_id, segment, previous_segment, segment_since FROM {LastRun}"));
            return run.Day;
        }
        engine.Define(WorkTables.LastSegments, Sql.Inline("SELECT customer_id, segment, {{none}} AS previous_segment, :day AS segment_since FROM earlier_customers")
            .With("none", new SqlExpression(d => $"CAST(NULL AS {d.TypeName(ColumnType.Text)})")).With("day", earlier.Day));
        return earlier.Day;
    }
}

/// <summary>What deserves a line in the log, and what a warning.</summary>
/// <param name="Note">A line for the log.</param>
/// <param name="Warnings">Warnings.</param>
public sealed record MigrationMade(string Note, IReadOnlyList<string> Warnings);
