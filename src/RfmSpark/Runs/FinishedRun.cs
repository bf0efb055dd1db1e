using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using RfmSpark.Engine;

namespace RfmSpark.Runs;

/// <summary>A run whose tables are all there. What a run that did not finish has left is passed over: <c>runs</c> names the version of each table.</summary>
public sealed class FinishedRun
{
    private readonly string _output;
    private readonly JsonNode _versions;

    private FinishedRun(string output, IRow row)
    {
        (_output, Day, Number, Customers, _versions) = (output, row.Date(0), row.Long(1), row.Long(2), JsonNode.Parse(row.Text(3)!)!);
        Forgotten = row.IsNull(4) ? null : row.Long(4);
        Configuration = JsonNode.Parse(row.Text(5)!)!;
    }

    /// <summary>The day that it looks from.</summary>
    public DateOnly Day { get; }

    /// <summary>Its number, which grows from run to run.</summary>
    public long Number { get; }

    /// <summary>Customers with a purchase, as it counted them.</summary>
    public long Customers { get; }

    /// <summary>Customers that were taken out of its rows since; null if they are as it published them.</summary>
    public long? Forgotten { get; }

    /// <summary>Every setting of it.</summary>
    public JsonNode Configuration { get; }

    /// <summary>The run as of <paramref name="asOf"/>, of the last day there is if it is null; <c>runs</c> is then open.</summary>
    /// <exception cref="ConfigFault">There is none.</exception>
    public static FinishedRun Find(IEngine engine, string output, DateOnly? asOf)
    {
        var runs = All(engine, output);
        if (runs.Count == 0) throw new ConfigFault($"{output} holds no finished run yet. Publish one with run, or look at --out.");
        return runs.FirstOrDefault(r => r.Day == (asOf ?? runs[^1].Day))
            ?? throw new ConfigFault(string.Create(CultureInfo.InvariantCulture,
                $"No run as of {asOf:yyyy-MM-dd} has finished. "
                    + $"There are {Samples.Of([.. runs.Reverse().Select(r => r.Day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture))])} (show runs lists them)."));
    }

    /// <summary>The last run of each day under <paramref name="output"/>, by day; empty if none has finished there.</summary>
    public static IReadOnlyList<FinishedRun> All(IEngine engine, string output)
    {
        if (engine.Open(Tables.Runs.Name, Path.Combine(output, Tables.Runs.Name)) is not { } columns) return [];
        // Runs of a version of this program that could not forget have no such column.
        var forgotten = columns.Any(c => c.Name == "forgotten") ? "forgotten" : "CAST(NULL AS BIGINT)";
        return [.. engine.Read(Sql.Inline($"SELECT as_of, run, customers, table_versions, {forgotten} AS forgotten, configuration FROM runs ORDER BY run DESC NULLS LAST"),
            row => new FinishedRun(output, row))
            .DistinctBy(r => r.Day).OrderBy(r => r.Day)];
    }

    /// <summary>
    /// Makes a table's rows of this day readable under <paramref name="name"/> as they now stand, which needs no old version's log; as the run left them if one that did not finish has replaced
    /// them since. Returns the names of its columns, or null if there is no such table.
    /// </summary>
    public IReadOnlySet<string>? OpenNow(IEngine engine, Table table, string name)
    {
        var version = IsReplaced(engine, table) ? _versions[table.Name]?.GetValue<long>() : null;
        return engine.Open(name, Path.Combine(_output, table.Name), OfThisDay(), version)?.Select(c => c.Name).ToHashSet(StringComparer.Ordinal);
    }

    /// <summary>
    /// Makes a table readable as the run left it, the files of its day alone; returns its columns as they are. The log of an old version is deleted some day, as after a month by Delta Lake: the
    /// rows of the day then stand in the present one still, unless a run that did not finish has replaced them.
    /// </summary>
    /// <exception cref="ConfigFault">The run was by a version of this program without that table.</exception>
    public IReadOnlyList<Column> Open(IEngine engine, Table table)
    {
        var version = table == Tables.Runs ? (long?)null : _versions[table.Name]?.GetValue<long>()
            ?? throw new ConfigFault(string.Create(CultureInfo.InvariantCulture, $"The run as of {Day:yyyy-MM-dd} was by a version of this program without {table.Name}. Publish the day again."));
        return OpenAt(engine, table, version)
            ?? throw new EngineFault($"{Path.Combine(_output, table.Name)} is missing, though a finished run names it. Publish the day again.");
    }

    /// <summary>As <see cref="Open"/>, for one who reads columns of the contract: all must be there.</summary>
    /// <exception cref="ConfigFault">The run was by a version of this program without that table, or without one of its columns.</exception>
    public void OpenComplete(IEngine engine, Table table)
    {
        var there = Open(engine, table).Select(c => c.Name).ToHashSet(StringComparer.Ordinal);
        if (table.Columns.FirstOrDefault(c => !there.Contains(c.Name)) is { } missing)
            throw new ConfigFault(string.Create(CultureInfo.InvariantCulture,
                $"The run as of {Day:yyyy-MM-dd} was by a version of this program without {table.Name}.{missing.Name}. Publish the day again."));
    }

    /// <summary>Makes the rows of every day of a table readable under <paramref name="name"/>, as they now stand.</summary>
    public void OpenAllDays(IEngine engine, Table table, string name) => engine.Open(name, Path.Combine(_output, table.Name));

    /// <summary>
    /// Publishes the run's row anew, as <paramref name="number"/>: with these versions of tables in place of those that it names, and so many customers forgotten. A
    /// table that it does not name is passed over; if nothing would change, nothing is written.
    /// </summary>
    /// <returns>Whether it was written.</returns>
    public bool Amend(IEngine engine, IReadOnlyDictionary<Table, long> versions, long? forgotten, long number)
    {
        var named = _versions.AsObject().ToDictionary(v => v.Key, v => v.Value!.GetValue<long>());
        foreach (var (table, version) in versions.Where(v => named.ContainsKey(v.Key.Name))) named[table.Name] = version;
        var text = JsonSerializer.Serialize(named);
        if (forgotten == Forgotten && text == _versions.ToJsonString()) return false;

        const string before = "runs_before";
        var there = OpenNow(engine, Tables.Runs, before)!;
        var columns = Tables.Runs.Columns.Select(c => c.Name switch
        {
            "table_versions" => ":versions",
            "forgotten" => $"CAST({forgotten?.ToString(CultureInfo.InvariantCulture) ?? "NULL"} AS {engine.Dialect.TypeName(c.Type)})",
            _ => there.Contains(c.Name) ? c.Name : $"CAST(NULL AS {engine.Dialect.TypeName(c.Type)})",
        } + " AS " + c.Name);
        engine.Define(Tables.Runs, Sql.Inline($"SELECT {string.Join(", ", columns)} FROM {before} WHERE run = :run").With("versions", text).With("run", Number));
        engine.Save(Tables.Runs, new Publication(Path.Combine(_output, Tables.Runs.Name), Day, number));
        return true;
    }

    private IReadOnlyList<Column>? OpenAt(IEngine engine, Table table, long? version)
    {
        try
        {
            return engine.Open(table.Name, Path.Combine(_output, table.Name), OfThisDay(), version);
        }
        catch (EngineFault) when (version is not null && !IsReplaced(engine, table))
        {
            return engine.Open(table.Name, Path.Combine(_output, table.Name), OfThisDay());
        }
    }

    // By a run of the same day that did not finish, and left no row of its own.
    private bool IsReplaced(IEngine engine, Table table) => engine.LastRuns(Path.Combine(_output, table.Name), [Day]).TryGetValue(Day, out var last) && last != Number;

    private Dictionary<string, string> OfThisDay() => new() { ["as_of"] = Day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) };
}
