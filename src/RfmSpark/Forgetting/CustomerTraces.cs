using System.Globalization;
using RfmSpark.Engine;
using RfmSpark.Runs;

namespace RfmSpark.Forgetting;

/// <summary>
/// Where customers who are to be forgotten are found. <paramref name="customers"/> is the table of their ids; <paramref name="records"/> becomes that of rejected records
/// that name them.
/// </summary>
internal sealed class CustomerTraces(IEngine engine, string output, Table customers, Table records)
{
    private const string Opened = "published";
    private readonly HashSet<string> _found = new(StringComparer.Ordinal);
    private readonly Dictionary<DateOnly, long> _days = [];
    private readonly List<string> _lines = [];

    /// <summary>Those that some table names.</summary>
    internal IReadOnlySet<string> Found => _found;

    /// <summary>Day that holds some of them → how many customers <c>customer_segments</c> loses.</summary>
    internal IReadOnlyDictionary<DateOnly, long> Days => _days;

    /// <summary>What each table has of them, for the log.</summary>
    internal IReadOnlyList<string> Lines => _lines;

    /// <summary>Looks for <paramref name="ids"/> in all days of <paramref name="tables"/>.</summary>
    internal void Find(IReadOnlyCollection<string> ids, IReadOnlyCollection<Table> tables, IReadOnlyList<FinishedRun> runs)
    {
        foreach (var table in tables)
        {
            engine.Open(Opened, Path.Combine(output, table.Name));
            if (table.Has(Tables.CustomerId.Name)) FindRows(table);
            else FindRecords(table, ids);
            if (table == Tables.CustomerSegments) CountDays(runs);
        }
    }

    private void FindRows(Table table)
    {
        var rows = engine.Read(Sql.Inline($"SELECT customer_id, CAST(COUNT(*) AS BIGINT) AS found FROM {Opened} "
                + $"WHERE customer_id IN (SELECT customer_id FROM {customers.Name}) GROUP BY customer_id"),
            row => (Customer: row.Text(0)!, Rows: row.Long(1)));
        _found.UnionWith(rows.Select(r => r.Customer));
        if (rows.Count > 0)
            _lines.Add(string.Create(CultureInfo.InvariantCulture,
                $"{table.Name}: {rows.Sum(r => r.Rows):N0} {(rows.Sum(r => r.Rows) == 1 ? "row" : "rows")} "
                    + $"of {rows.Count:N0} {(rows.Count == 1 ? "customer" : "customers")}"));
    }

    private void CountDays(IReadOnlyList<FinishedRun> runs)
    {
        var days = engine.Read(Sql.Inline($"SELECT as_of, CAST(COUNT(*) AS BIGINT) AS customers, CAST(COUNT(named.customer_id) AS BIGINT) AS found "
                + $"FROM {Opened} LEFT JOIN {customers.Name} AS named ON {Opened}.customer_id = named.customer_id GROUP BY as_of"),
            row => (Day: row.Date(0), Customers: row.Long(1), Found: row.Long(2))).ToDictionary(d => d.Day);
        foreach (var run in runs)
        {
            var (_, there, lost) = days.GetValueOrDefault(run.Day);
            // Fewer than the run counted: a forget, of these customers or of others, has removed rows and was ended before it said so in runs, which still names the version with them.
            var missing = run.Customers - (run.Forgotten ?? 0) - there;
            if (missing > 0) FindAtRun(run);
            lost += missing;
            if (lost > 0) _days[run.Day] = lost;
        }
    }

    private void FindAtRun(FinishedRun run)
    {
        run.Open(engine, Tables.CustomerSegments);
        _found.UnionWith(engine.Read(Sql.Inline($"SELECT customer_id FROM {Tables.CustomerSegments.Name} WHERE customer_id IN (SELECT customer_id FROM {customers.Name})"), row => row.Text(0)!));
    }

    // Samples are few, and are looked at here: what names a customer in them is not said in SQL.
    private void FindRecords(Table table, IReadOnlyCollection<string> ids)
    {
        var fields = CustomerField.Of(engine, output);
        var named = engine.Read(Sql.Inline($"SELECT DISTINCT content FROM {Opened} WHERE content IS NOT NULL"), row => row.Text(0)!)
            .Select(content => (Content: content, Ids: ids.Where(id => fields.Any(f => f.Names(content, id))).ToList())).Where(r => r.Ids.Count > 0).ToList();
        engine.Put(records, named, (record, row) => row.Text(record.Content));
        if (named.Count == 0) return;
        _found.UnionWith(named.SelectMany(r => r.Ids));
        var days = engine.Read(Sql.Inline($"SELECT as_of, CAST(COUNT(*) AS BIGINT) AS found FROM {Opened} "
                + $"WHERE content IN (SELECT content FROM {records.Name}) GROUP BY as_of"),
            row => (Day: row.Date(0), Rows: row.Long(1)));
        foreach (var (day, _) in days) _days.TryAdd(day, 0);
        _lines.Add(string.Create(CultureInfo.InvariantCulture, $"{table.Name}: {days.Sum(d => d.Rows):N0} records that name them"));
    }
}
