using RfmSpark.Campaigns;
using RfmSpark.Rfm;
using RfmSpark.Runs;
using RfmSpark.Settings;

namespace RfmSpark.EngineTests;

/// <summary>A folder with orders and published tables, and the job run over them in this process.</summary>
internal sealed class TestJob : IDisposable
{
    private static readonly RunClock Clock = new(TimeProvider.System);

    internal string Folder { get; } = Directory.CreateTempSubdirectory("rfmspark-test-").FullName;

    internal string Output => Path.Combine(Folder, "out");

    internal RecordingLog Log { get; } = new();

    public void Dispose() => Directory.Delete(Folder, recursive: true);

    /// <summary>Writes a file into the folder.</summary>
    internal string Write(string name, string text) => Write(name, System.Text.Encoding.UTF8.GetBytes(text));

    internal string Write(string name, byte[] bytes)
    {
        var path = Path.Combine(Folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, bytes);
        return path;
    }

    internal static JobConfig Config(IReadOnlyList<string> pairs, string? example = null)
    {
        var sources = new SettingsSources().AddFile(Path.Combine(Checkout.Conf, "base.json"));
        if (example is not null) sources.AddFile(Path.Combine(Checkout.Conf, "examples", example + ".json"));
        return SettingsBinder.Bind(sources.AddPairs(pairs));
    }

    /// <summary>One run as of a day; of the day after the last order if none is given.</summary>
    internal RunRecord Run(string orders, string? asOf = null, string? example = null, params string[] settings) =>
        Run([orders], asOf, Config(settings, example));

    internal RunRecord Run(IReadOnlyList<string> orders, string? asOf, JobConfig config, SegmentsFile? segments = null, CampaignsFile? campaigns = null)
    {
        using var engine = new DuckDbEngine();
        var pipeline = new Pipeline(
            engine, config, segments ?? SegmentsFile.Read(Path.Combine(Checkout.Conf, config.Rfm.SegmentsFile)),
            campaigns ?? CampaignsFile.Read(Path.Combine(Checkout.Conf, config.Campaigns.File)), Log);
        var input = pipeline.Read(orders);
        return pipeline.Publish(input, asOf is null ? input.Orders.LastOrder.AddDays(1) : DateOnly.Parse(asOf, System.Globalization.CultureInfo.InvariantCulture), Output, Clock);
    }

    /// <summary>Rows of a published table as text, values joined by a bar.</summary>
    internal List<string> Rows(string table, string select, string rest = "") => Rows(Output, table, select, rest);

    internal static List<string> Rows(string output, string table, string select, string rest = "")
    {
        using var engine = new DuckDbEngine();
        Assert.NotNull(engine.Open(table, Path.Combine(output, table)));
        var columns = select.Split(", ").Length;
        return [.. engine.Read(Sql.Inline($"SELECT {select} FROM {table} {rest}"), row => string.Join('|', Enumerable.Range(0, columns).Select(i => Text(row.Value(i)))))];
    }

    /// <summary>Rows of a table as the last finished run left it: at the version that <c>runs</c> names.</summary>
    internal List<string> RowsOfLastRun(string table, string select)
    {
        using var engine = new DuckDbEngine();
        Assert.NotNull(engine.Open("runs", Path.Combine(Output, "runs")));
        var versions = engine.Read(Sql.Inline("SELECT table_versions FROM runs ORDER BY run DESC"), row => row.Text(0)!)[0];
        engine.Open(table, Path.Combine(Output, table), null, System.Text.Json.Nodes.JsonNode.Parse(versions)![table]!.GetValue<long>());
        return [.. engine.Read(Sql.Inline($"SELECT {select} FROM {table}"), row => string.Join('|', Enumerable.Range(0, select.Split(", ").Length).Select(i => Text(row.Value(i)))))];
    }

    private static string Text(object? value) => value switch
    {
        null => "NULL",
        DateOnly day => day.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture),
        _ => Convert.ToString(value, System.Globalization.CultureInfo.InvariantCulture)!,
    };
}

/// <summary>Keeps what a run says.</summary>
internal sealed class RecordingLog : IRunLog, IDisposable
{
    internal List<string> Lines { get; } = [];

    public IDisposable Stage(string name) => this;
    public void Info(string message) => Lines.Add(message);
    public void Warn(string message) => Lines.Add("WARN " + message);
    public void Finished(System.Text.Json.Nodes.JsonObject run) { }
    public void Dispose() { }
}
