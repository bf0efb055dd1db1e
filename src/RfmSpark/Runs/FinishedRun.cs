using System.Globalization;
using System.Text.Json.Nodes;
using RfmSpark.Engine;

namespace RfmSpark.Runs;

/// <summary>A run whose tables are all there. What a run that did not finish has left is passed over: <c>runs</c> names the version of each table.</summary>
public sealed class FinishedRun
{
    private readonly string _output;
    private readonly JsonNode _versions;

    private FinishedRun(string output, DateOnly day, string versions) => (_output, Day, _versions) = (output, day, JsonNode.Parse(versions)!);

    /// <summary>The day that it looks from.</summary>
    public DateOnly Day { get; }

    /// <summary>The run as of <paramref name="asOf"/>, of the last day there is if it is null; <c>runs</c> is then open.</summary>
    /// <exception cref="ConfigFault">There is none.</exception>
    public static FinishedRun Find(IEngine engine, string output, DateOnly? asOf)
    {
        var runs = All(engine, output);
        if (runs.Count == 0) throw new ConfigFault($"{Path.GetFullPath(output)} holds no finished run yet. Publish one with run, or look at --out.");
        return runs.FirstOrDefault(r => r.Day == (asOf ?? runs[^1].Day))
            ?? throw new ConfigFault(string.Create(CultureInfo.InvariantCulture, $"No run as of {asOf:yyyy-MM-dd} has finished. There are {string.Join(", ", runs.Select(r => r.Day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)))}."));
    }

    /// <summary>The last run of each day under <paramref name="output"/>, by day; empty if none has finished there.</summary>
    public static IReadOnlyList<FinishedRun> All(IEngine engine, string output) => engine.Open(Tables.Runs.Name, Path.Combine(output, Tables.Runs.Name)) is null
        ? []
        : [.. engine.Read(Sql.Inline("SELECT as_of, table_versions FROM runs ORDER BY run DESC NULLS LAST"), row => new FinishedRun(output, row.Date(0), row.Text(1)!)).DistinctBy(r => r.Day).OrderBy(r => r.Day)];

    /// <summary>
    /// Makes a table's rows of this day readable under <paramref name="name"/> as they now stand, which needs no old version's log; returns the names of its columns, or null if there is no such
    /// table.
    /// </summary>
    public IReadOnlySet<string>? OpenNow(IEngine engine, Table table, string name) => engine.Open(name, Path.Combine(_output, table.Name), OfThisDay())?.Select(c => c.Name).ToHashSet(StringComparer.Ordinal);

    /// <summary>Makes a table readable as the run left it, the files of its day alone; returns its columns as they are.</summary>
    /// <exception cref="ConfigFault">The run was by a version of this program without that table.</exception>
    public IReadOnlyList<Column> Open(IEngine engine, Table table)
    {
        var version = table == Tables.Runs ? (long?)null : _versions[table.Name]?.GetValue<long>()
            ?? throw new ConfigFault(string.Create(CultureInfo.InvariantCulture, $"The run as of {Day:yyyy-MM-dd} was by a version of this program without {table.Name}. Publish the day again."));
        return engine.Open(table.Name, Path.Combine(_output, table.Name), OfThisDay(), version)
            ?? throw new EngineFault($"{Path.GetFullPath(Path.Combine(_output, table.Name))} is missing, though a finished run names it. Publish the day again.");
    }

    /// <summary>As <see cref="Open"/>, for one who reads columns of the contract: all must be there.</summary>
    /// <exception cref="ConfigFault">The run was by a version of this program without that table, or without one of its columns.</exception>
    public void OpenComplete(IEngine engine, Table table)
    {
        var there = Open(engine, table).Select(c => c.Name).ToHashSet(StringComparer.Ordinal);
        if (table.Columns.FirstOrDefault(c => !there.Contains(c.Name)) is { } missing)
            throw new ConfigFault(string.Create(CultureInfo.InvariantCulture, $"The run as of {Day:yyyy-MM-dd} was by a version of this program without {table.Name}.{missing.Name}. Publish the day again."));
    }

    /// <summary>Makes the rows of every day of a table readable under <paramref name="name"/>, as they now stand.</summary>
    public void OpenAllDays(IEngine engine, Table table, string name) => engine.Open(name, Path.Combine(_output, table.Name));

    private Dictionary<string, string> OfThisDay() => new() { ["as_of"] = Day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) };
}
