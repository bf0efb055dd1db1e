using System.Text;
using System.Text.Json;
using RfmSpark.Experiments;
using RfmSpark.Runs;

namespace RfmSpark.EngineTests.Forgetting;

/// <summary>
/// Tables of customers with names that need escaping somewhere: two days, the first of them published twice, an experiment,
/// and rejected records of each. Made once; a test takes a copy.
/// </summary>
internal static class PublishedCustomers
{
    /// <summary>Whose name is easily found among bytes.</summary>
    internal const string Plain = "FORGET-ME-42";

    private const string Part = "KEEP-ME-42";
    private static readonly string[] Settings = ["clusters.replicates=1", "clusters.restarts=1", "clusters.k=2", "clv.horizons=6m", "orders.maxBadRows=100%"];
    private static readonly Lazy<TestJob> Made = new(Make);

    static PublishedCustomers() => AppDomain.CurrentDomain.ProcessExit += (_, _) =>
    {
        if (Made.IsValueCreated) Made.Value.Dispose();
    };

    /// <summary>Those who are to be forgotten. The last one is in no table but orders_rejected.</summary>
    internal static IReadOnlyList<string> Forgotten { get; } =
    [
        Plain, "it's", "100%_x", "back\\slash", "two\nlines", "Ünï 🎉", "B, \"q\"", "@at", "-7", "' OR '1'='1", "${x}", "1", Part, "only rejected",
    ];

    /// <summary>How many rejected records name them, on both days.</summary>
    internal static int RejectedRecords => 2 * ((2 * Forgotten.Count) - 1);

    /// <summary>Those who stay, though their names hold the others'.</summary>
    internal static IReadOnlyList<string> Others { get; } = [Part + "1", "x" + Part, "it", "100", "two", "lines", "11", "Ünï", "slash", "c1", "c2", "c3"];

    /// <summary>Whether a name is found nowhere but where the customer is: not part of another's, nor of anything that is no name.</summary>
    internal static bool IsOwnText(string customer) => customer.Length > 1 && customer is not ("-7" or Part);

    /// <summary>Puts a copy of the tables under <paramref name="output"/>.</summary>
    internal static void CopyTo(string output) => FolderCopy.Make(Made.Value.Output, output);

    /// <summary>Every row of a table in a fixed order, with whom it names in its customer_id.</summary>
    internal static List<(string? Customer, string Row)> Rows(string output, Table table)
    {
        using var engine = new DuckDbEngine();
        var columns = engine.Open("opened", Path.Combine(output, table.Name))!;
        var id = columns.ToList().FindIndex(c => c.Name == "customer_id");
        var names = string.Join(", ", columns.Select(c => engine.Dialect.Identifier(c.Name)));
        return [.. engine.Read(
            Sql.Inline($"SELECT {names} FROM opened"),
            row => (id < 0 ? null : row.Text(id), string.Join('|', Enumerable.Range(0, columns.Count).Select(i => $"{row.Value(i) ?? "NULL"}"))))
            .OrderBy(r => r.Item2, StringComparer.Ordinal)];
    }

    /// <summary>The files in which a name occurs, as its bytes or as JSON writes it.</summary>
    internal static List<string> FilesWith(string output, string name)
    {
        var spellings = new[] { name, JsonSerializer.Serialize(name)[1..^1] }.Distinct().Select(Encoding.UTF8.GetBytes).ToList();
        return [.. Directory.EnumerateFiles(output, "*", SearchOption.AllDirectories).Where(file => File.ReadAllBytes(file) is var bytes && spellings.Exists(s => bytes.AsSpan().IndexOf(s) >= 0))
            .Select(file => Path.GetRelativePath(output, file)).Order(StringComparer.Ordinal)];
    }

    private static TestJob Make()
    {
        var job = new TestJob();
        var lines = new StringBuilder("customer_id,order_date,amount\n");
        foreach (var (customer, i) in Forgotten.SkipLast(1).Concat(Others).Select((c, i) => (c, i)))
        {
            foreach (var day in new[] { 1 + (i % 20), 1 + (i * 7 % 28) })
                lines.Append(
                    System.Globalization.CultureInfo.InvariantCulture,
                    $"{Field(customer)},2026-01-{day:00},{10 + (3 * i)}\n{Field(customer)},2026-02-{day:00},{5 + i}\n");
        }
        // One record of each that can be read, and one that cannot, unless it would be of two lines.
        foreach (var customer in Forgotten.Concat(Others))
            lines.Append(
                System.Globalization.CultureInfo.InvariantCulture,
                $"{Field(customer)},soon,21\n{(customer.Contains('\n', StringComparison.Ordinal) ? "" : $"{Field(customer)},2026-01-01\n")}");
        var orders = job.Write("orders.csv", lines.ToString());
        foreach (var day in new[] { "2026-02-01", "2026-03-01", "2026-02-01" }) job.Run(orders, day, null, Settings);
        using var engine = new DuckDbEngine();
        ExperimentAssignment.Publish(engine, new ExperimentPlan("spring", [], 0.5m, ["mail"], 30, null), job.Output, null, new RunClock(TimeProvider.System));
        return job;
    }

    private static string Field(string text) => $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
