using System.Diagnostics;
using System.Globalization;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using RfmSpark.Engine;
using RfmSpark.Intake;
using RfmSpark.Settings;

namespace RfmSpark.Runs;

/// <summary>What one run was and came to: its row in <c>runs</c>.</summary>
public sealed class RunRecord(DateOnly asOf, long number, string engineVersion, IReadOnlyList<string> paths, JobConfig config, OrdersRead orders)
{
    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        Converters = { new System.Text.Json.Serialization.JsonStringEnumConverter(JsonNamingPolicy.CamelCase), new AsWritten<BadRowLimit>(), new AsWritten<CalendarStep>() },
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private readonly Dictionary<string, double> _seconds = [];
    private (long Customers, long WithoutPurchase, decimal Revenue) _counts;

    private long RowsKept => orders.Kept - orders.LinesAfter(asOf);

    private long RowsRejected => orders.Rows - RowsKept;

    /// <summary>This program's version.</summary>
    public static string ProgramVersion { get; } = typeof(RunRecord).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion;

    /// <summary>Grows from run to run; milliseconds since 1970 at the start.</summary>
    public long Number => number;

    /// <summary>Table → the version of the Delta table that holds the run's rows.</summary>
    public IDictionary<string, long> Versions { get; } = new Dictionary<string, long>();

    /// <summary>Stage → how many seconds it took.</summary>
    public IReadOnlyDictionary<string, double> Seconds => _seconds;

    /// <summary>What someone should look at.</summary>
    public IList<string> Warnings { get; } = [];

    /// <summary>Customers with a purchase.</summary>
    public long Customers => _counts.Customers;

    /// <summary>Takes the time of a stage until the result is disposed, which also disposes <paramref name="inner"/>.</summary>
    public IDisposable Time(string stage, IDisposable inner) => new Timing(this, stage, inner);

    /// <summary>Records how long a stage took.</summary>
    public void Took(string stage, TimeSpan time) => _seconds[stage] = Math.Round(time.TotalSeconds, 3);

    /// <summary>Counts the customers of <c>customer_summary</c>.</summary>
    public void Count(IEngine engine) => _counts = engine.Read(
        Sql.Inline("SELECT CAST(SUM(CASE WHEN frequency > 0 THEN 1 ELSE 0 END) AS BIGINT), CAST(SUM(CASE WHEN frequency > 0 THEN 0 ELSE 1 END) AS BIGINT), "
            + "CAST(SUM(CASE WHEN frequency > 0 THEN monetary ELSE 0 END) AS DECIMAL(18, 2)) FROM customer_summary"),
        row => (row.Long(0), row.Long(1), row.Decimal(2)))[0];

    /// <summary>Keeps the run as <c>runs</c>.</summary>
    public void Put(IEngine engine) => engine.Put(Tables.Runs, [this], (_, row) =>
    {
        row.Date(asOf);
        row.Long(number);
        row.Text(engineVersion);
        row.Text(ProgramVersion);
        row.Text(JsonSerializer.Serialize(paths, Json));
        row.Text(Configuration.ToJsonString(Json));
        row.Long(orders.Rows);
        row.Long(RowsKept);
        row.Long(RowsRejected);
        row.Long(orders.RepeatedLines(asOf));
        row.Long(_counts.Customers);
        row.Long(_counts.WithoutPurchase);
        row.Decimal(_counts.Revenue);
        row.Text(JsonSerializer.Serialize(_seconds, Json));
        row.Text(JsonSerializer.Serialize(Versions, Json));
        row.Null();
    });

    /// <summary>The run for a program that watches: as_of, run, engine, program, rows, the last order seen, customers, revenue, seconds by stage, warnings, table versions.</summary>
    public JsonObject ToJson() => new()
    {
        ["as_of"] = asOf.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        ["run"] = number,
        ["engine"] = engineVersion,
        ["program"] = ProgramVersion,
        ["rows_in"] = orders.Rows,
        ["rows_kept"] = RowsKept,
        ["rows_rejected"] = RowsRejected,
        ["last_order"] = orders.LastOrderUpTo(asOf)?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        ["customers"] = _counts.Customers,
        ["revenue"] = _counts.Revenue,
        ["seconds"] = JsonSerializer.SerializeToNode(_seconds),
        ["warnings"] = JsonSerializer.SerializeToNode(Warnings),
        ["table_versions"] = JsonSerializer.SerializeToNode(Versions),
    };

    /// <summary>Every setting of the run.</summary>
    public JsonNode Configuration { get; } = JsonSerializer.SerializeToNode(config, Json)!;

    /// <summary>The run in one sentence.</summary>
    public string Summary() => string.Create(CultureInfo.InvariantCulture,
        $"as of {asOf:yyyy-MM-dd}: {_counts.Customers:N0} customers segmented, revenue {_counts.Revenue:N2}; {_counts.WithoutPurchase:N0} customers without a purchase; "
            + $"{orders.LinesAfter(asOf):N0} lines after that day not seen");

    private sealed class Timing(RunRecord run, string stage, IDisposable inner) : IDisposable
    {
        private readonly long _start = Stopwatch.GetTimestamp();

        public void Dispose()
        {
            run.Took(stage, Stopwatch.GetElapsedTime(_start));
            inner.Dispose();
        }
    }

    // As settings write it.
    private sealed class AsWritten<T> : System.Text.Json.Serialization.JsonConverter<T>
        where T : IParsable<T>
    {
        public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => T.Parse(reader.GetString()!, CultureInfo.InvariantCulture);

        public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToString());
    }
}
