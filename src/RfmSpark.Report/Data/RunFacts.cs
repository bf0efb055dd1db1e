using System.Globalization;
using System.Text.Json.Nodes;
using RfmSpark.Engine;
using RfmSpark.Runs;

namespace RfmSpark.Report.Data;

/// <summary>How the run was made and what it read: its row of <c>runs</c>.</summary>
internal sealed record RunFacts(DateOnly Day, string Engine, string Program, IReadOnlyList<string> Orders, JsonNode Configuration, long RowsIn, long RowsKept, long RowsRejected, long RowsRepeated,
    long Customers, long CustomersWithoutPurchase, decimal Revenue, IReadOnlyList<KeyValuePair<string, double>> Seconds)
{
    /// <summary>A setting of the run by its path; null if it is unset, or the run was by a version without it.</summary>
    internal string? Setting(string path) => path.Split('.').Aggregate((JsonNode?)Configuration, (node, name) => node?[name])?.ToString();

    /// <summary>A setting that is a number; 0 if it is unset.</summary>
    internal double Number(string path) => double.Parse(Setting(path) ?? "0", CultureInfo.InvariantCulture);

    /// <summary>The runs up to <paramref name="run"/>, by day, that one last.</summary>
    internal static IReadOnlyList<RunFacts> UpTo(IEngine engine, FinishedRun run) => [.. engine.Read(Sql.Inline("""
        SELECT as_of, engine, program, orders, configuration, rows_in, rows_kept, rows_rejected, rows_repeated, customers, customers_without_purchase, revenue, seconds
        FROM runs
        WHERE as_of <= :as_of
        ORDER BY run DESC NULLS LAST
        """).With("as_of", run.Day), row => new RunFacts(row.Date(0), row.Text(1)!, row.Text(2)!,
            [.. JsonNode.Parse(row.Text(3)!)!.AsArray().Select(p => p!.GetValue<string>())], JsonNode.Parse(row.Text(4)!)!,
            row.Long(5), row.Long(6), row.Long(7), row.Long(8), row.Long(9), row.Long(10), row.Decimal(11),
            [.. JsonNode.Parse(row.Text(12)!)!.AsObject().Select(s => KeyValuePair.Create(s.Key, s.Value!.GetValue<double>()))]))
        .DistinctBy(r => r.Day).OrderBy(r => r.Day)];
}

/// <summary>Records that are no order lines, by reason.</summary>
internal sealed record Rejection(string Reason, long Lines)
{
    internal static IReadOnlyList<Rejection> Read(IEngine engine) =>
        engine.Read(Sql.Inline("SELECT reason, MAX(lines) FROM orders_rejected GROUP BY reason ORDER BY 2 DESC NULLS LAST, 1 NULLS FIRST"), row => new Rejection(row.Text(0)!, row.Long(1)));
}
