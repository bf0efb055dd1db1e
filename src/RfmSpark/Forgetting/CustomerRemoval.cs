using System.Globalization;
using RfmSpark.Engine;
using RfmSpark.Runs;

namespace RfmSpark.Forgetting;

/// <summary>Takes customers out of everything that is published of single customers. What is published of many together stays as it was.</summary>
/// <remarks>
/// Rows first, then <c>runs</c>, which names the versions without them, then old files: whatever ends it in the middle, every version that <c>runs</c> names is there, and the same command again
/// does what is left.
/// </remarks>
public static class CustomerRemoval
{
    private const string Opened = "published";
    private static readonly Table Customers = new("customers_to_forget", "one row per customer to be forgotten", [], [Tables.CustomerId]);
    private static readonly Table Records = new("records_to_forget", "one row per record that names one of them", [], [Tables.Content]);

    /// <summary>
    /// Forgets the customers of these ids, which are compared letter by letter, in every table of <see cref="Tables.OfCustomers"/> under <paramref name="output"/>, in all its days; with
    /// <paramref name="vacuum"/> in their older versions and in the files too, so that none of them can be read any more.
    /// </summary>
    /// <returns>Why nothing was forgotten, if none of the customers is in any table; with <paramref name="vacuum"/> the files are cleaned nevertheless. Null if some were.</returns>
    /// <exception cref="ConfigFault">There are no tables.</exception>
    /// <exception cref="EngineFault">A day was published anew in part, by a run that did not finish.</exception>
    public static string? Forget(IEngine engine, string output, IReadOnlyCollection<string> customers, bool vacuum, RunClock clock, IRunLog log)
    {
        var tables = Tables.OfCustomers.Where(table => engine.Open(Opened, PathOf(table)) is not null).ToList();
        if (tables.Count == 0) throw new ConfigFault($"{output} holds no tables of customers. Look at --out.");
        var runs = FinishedRun.All(engine, output);
        RefuseUnfinished(engine, output, runs, tables);
        engine.Put(Customers, customers, (customer, row) => row.Text(customer));

        var traces = new CustomerTraces(engine, output, Customers, Records);
        using (log.Stage("look")) traces.Find(customers, tables, runs);
        foreach (var line in traces.Lines) log.Info(line);
        var unknown = customers.Except(traces.Found).Order(StringComparer.Ordinal).ToList();
        if (traces.Found.Count > 0 || vacuum)
        {
            Dictionary<Table, long> versions = [];
            using (log.Stage("remove"))
                foreach (var table in tables) versions[table] = engine.Remove(table.Has(Tables.CustomerId.Name) ? Customers : Records, PathOf(table))!.Value;
            var number = clock.After(runs);
            using (log.Stage("runs"))
                foreach (var run in runs) run.Amend(engine, versions, traces.Days.TryGetValue(run.Day, out var more) ? (run.Forgotten ?? 0) + more : run.Forgotten, number);
        }
        if (vacuum)
            using (log.Stage("vacuum"))
                foreach (var table in tables) engine.Vacuum(PathOf(table));

        var files = vacuum
            ? $"Older versions of {string.Join(", ", tables.Select(t => t.Name))} and their files are deleted."
            : "Older versions of the tables still hold them; --vacuum deletes those.";
        if (traces.Found.Count == 0) return $"Nobody in any table is called {Names(unknown)}; ids are compared letter by letter.{(vacuum ? " " + files : "")}";
        if (unknown.Count > 0) log.Warn($"nobody in any table is called {Names(unknown)}");
        log.Info(string.Create(CultureInfo.InvariantCulture, $"{traces.Found.Count:N0} of {customers.Count:N0} customers forgotten. {files}"));
        log.Warn("the orders are not touched: while they hold these customers, the next run brings them back");
        return null;

        string PathOf(Table table) => Path.Combine(output, table.Name);
    }

    // What runs names is then not what the table holds of the day, and may be read at its own version alone.
    private static void RefuseUnfinished(IEngine engine, string output, IReadOnlyList<FinishedRun> runs, IEnumerable<Table> tables)
    {
        foreach (var table in tables.Where(Tables.Published.Contains))
        {
            var written = engine.LastRuns(Path.Combine(output, table.Name), [.. runs.Select(r => r.Day)]);
            var days = runs.Where(r => written.TryGetValue(r.Day, out var run) && run != r.Number).Select(r => r.Day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)).ToList();
            if (days.Count > 0)
                throw new EngineFault($"{table.Name} has rows of a run that did not finish, as of {Samples.Of(days)}. "
                    + $"Publish {(days.Count == 1 ? "that day" : "these days")} again with run, then forget. Nothing was removed.");
        }
    }

    private static string Names(IReadOnlyCollection<string> customers) => Samples.Of([.. customers.Select(c => $"'{c}'")]);
}
