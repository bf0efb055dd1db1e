using System.Globalization;
using RfmSpark.Engine;
using RfmSpark.Runs;

namespace RfmSpark.Verification;

/// <summary>Reads the tables of a finished run back and looks whether what must hold of them does.</summary>
public static class TableVerification
{
    /// <summary>How many statements are looked at for each run.</summary>
    public static int Statements => Verification.Statements.All.Count;

    /// <summary>What does not hold of a run's tables, each in a sentence; empty if all does. A table is read at the version that the run names.</summary>
    /// <exception cref="EngineFault">A file cannot be read.</exception>
    public static IReadOnlyList<string> Faults(IEngine engine, FinishedRun run)
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
        faults.AddRange(Verification.Statements.All.Where(s => s.Tables.All(open.Contains)).Select(s => s.Fault(engine)).OfType<string>());
        return [.. faults.Select(f => string.Create(CultureInfo.InvariantCulture, $"as of {run.Day:yyyy-MM-dd}: {f}"))];
    }

    private static string? ColumnFault(Table table, IReadOnlyList<Column> columns)
    {
        var wrong = table.Columns.Where(c => !columns.Any(there => there.Name == c.Name && there.Type == c.Type)).Select(c => $"{c.Name} {c.Type}").ToList();
        return wrong.Count == 0 ? null : $"{table.Name} lacks {string.Join(", ", wrong)}, or has it in another type";
    }
}
