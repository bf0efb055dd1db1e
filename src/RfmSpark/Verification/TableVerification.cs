using System.Globalization;
using RfmSpark.Engine;
using RfmSpark.Runs;

namespace RfmSpark.Verification;

/// <summary>Reads the tables of a finished run back and looks whether what must hold of them does.</summary>
public static class TableVerification
{
    // The segments of the day compared with, as its run told of them.
    internal static readonly Table SegmentsThen = new("segments_then", "one row per scheme and segment of the day compared with; empty if that day was not published before the run", [],
    [
        Tables.SegmentSummary["scheme"],
        Tables.SegmentSummary["segment"],
        Tables.SegmentSummary["customers"],
        new("forgotten", ColumnType.Long, "customers that were taken out of that day's rows since"),
    ]);

    private const string SummaryThen = "segment_summary_then";

    /// <summary>How many statements are looked at for each run.</summary>
    public static int Statements => Verification.Statements.All.Count;

    /// <summary>
    /// What does not hold of a run's tables, each in a sentence; empty if all does. A table is read at the version that the run names; the day that it was compared with is looked for among
    /// <paramref name="all"/> runs of its output.
    /// </summary>
    /// <exception cref="EngineFault">A file cannot be read.</exception>
    public static IReadOnlyList<string> Faults(IEngine engine, FinishedRun run, IReadOnlyList<FinishedRun> all)
    {
        List<string> faults = [];
        HashSet<Table> open = [];
        foreach (var table in Tables.Published)
        {
            try
            {
                if (ColumnFault(table, run.Open(engine, table)) is { } fault) faults.Add(fault);
                else open.Add(table);
            }
            catch (Fault missing)
            {
                faults.Add($"{table.Name} cannot be read: {missing.Message}");
            }
        }
        if (open.Contains(Tables.SegmentMigration)) PutSegmentsThen(engine, run, all);
        faults.AddRange(Verification.Statements.All.Where(s => s.Tables.All(open.Contains)).Select(s => s.Fault(engine)).OfType<string>());
        return [.. faults.Select(f => string.Create(CultureInfo.InvariantCulture, $"as of {run.Day:yyyy-MM-dd}: {f}"))];
    }

    // A day that was published again after the run is another than the one that it was compared with.
    private static void PutSegmentsThen(IEngine engine, FinishedRun run, IReadOnlyList<FinishedRun> all)
    {
        var published = engine.Read(Sql.Inline("SELECT MAX(from_as_of) FROM segment_migration WHERE snapshot = 'published' HAVING COUNT(*) > 0"), row => row.Date(0));
        if (all.FirstOrDefault(r => published.Contains(r.Day) && r.Number < run.Number) is { } then && then.OpenNow(engine, Tables.SegmentSummary, SummaryThen) is not null)
            engine.Create(SegmentsThen, Sql.Inline($"SELECT scheme, segment, customers, :forgotten AS forgotten FROM {SummaryThen} WHERE scheme IN ('rfm', 'persona', 'value_segment', 'clv_tier')")
                .With("forgotten", then.Forgotten ?? 0));
        else
            engine.Put(SegmentsThen, Array.Empty<string>(), (_, _) => { });
    }

    private static string? ColumnFault(Table table, IReadOnlyList<Column> columns)
    {
        var wrong = table.Columns.Where(c => !columns.Any(there => there.Name == c.Name && there.Type == c.Type)).Select(c => $"{c.Name} {c.Type}").ToList();
        return wrong.Count == 0 ? null : $"{table.Name} lacks {string.Join(", ", wrong)}, or has it in another type";
    }
}
