using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using RfmSpark.Engine;
using RfmSpark.Report.Charts;
using RfmSpark.Report.Data;
using RfmSpark.Report.Html;
using RfmSpark.Report.Sections;
using RfmSpark.Runs;
using RfmSpark.Settings;

namespace RfmSpark.Report;

/// <summary>The page that a director reads: one HTML file, made from the tables of a finished run alone, which asks nothing of any network.</summary>
public static class ReportPage
{
    private const string DefaultTitle = "Customer segments";

    private static readonly JsonSerializerOptions Json = new() { PropertyNamingPolicy = JsonNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };
    private static readonly string Script = Resource("page.js"), Style = Resource("page.css"),
        Licences = $"Apache ECharts\n\n{Resource("echarts-notice")}\n{Resource("echarts-license")}\n\nZRender\n\n{Resource("zrender-license")}";

    /// <summary>The page of a run, UTF-8; what <paramref name="asked"/> says stands in for the run's own settings.</summary>
    /// <exception cref="ConfigFault">The run was by an older version of this program, without what the page tells.</exception>
    public static ReadOnlyMemory<byte> Make(IEngine engine, FinishedRun run, ReportConfig? asked = null) => Encoding.UTF8.GetBytes(Render(RunTables.Read(engine, run) with { Asked = asked }));

    /// <summary>A page that says only why there is no other.</summary>
    public static ReadOnlyMemory<byte> Without(string why) =>
        Encoding.UTF8.GetBytes(Markup.Of(
            $"<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>No report</title></head><body><p>{why}</p></body></html>\n").Text);

    /// <summary>What stands on the page, in the order in which one reads it.</summary>
    internal static IReadOnlyList<Section> Sections(RunTables tables) =>
    [
        KeyFigures.Of(tables),
        RfmGrid.Of(tables),
        SegmentsMap.Of(tables),
        Personas.Of(tables),
        ChoiceOfClusters.Of(tables),
        CohortMap.Of(tables),
        SegmentMoves.Of(tables),
        LifetimeValue.Of(tables),
        ModelQuality.Of(tables),
        PriorityMatrix.Of(tables),
        ChannelReturns.Of(tables),
        PriceAnswers.Of(tables),
        CampaignPlan.Of(tables),
        History.Of(tables),
        DataQuality.Of(tables),
    ];

    internal static string Render(RunTables tables)
    {
        var title = tables.Title ?? DefaultTitle;
        var sections = Sections(tables);
        var data = new PageData(tables.Numbers.Sign, sections.SelectMany(s => s.Figures).ToDictionary(f => f.Id, f => f.Chart));
        // The serializer writes < as \u003c, so that no text of the data can end the block.
        var json = JsonSerializer.Serialize(data, Json);
        var hash = Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(Script)));
        return Markup.Of($"""
            <!doctype html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src 'sha256-{new Markup(hash)}'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'">
            <meta name="generator" content="RfmSpark {tables.Run.Program}">
            <title>{title}, {Numbers.Day(tables.Run.Day)}</title>
            <style>{new Markup(Style)}</style>
            </head>
            <body>
            <a class="skip" href="#findings">To the findings</a>
            <header><h1>{title}</h1><p>As of {Numbers.Day(tables.Run.Day)}: {Numbers.Count(tables.Run.Customers)} customers.</p></header>
            <nav aria-label="Sections"><ul>{sections.Select(s => Markup.Of($"<li><a href=\"#{s.Id}\">{s.Title}</a></li>"))}</ul></nav>
            <main>
            <section id="findings" aria-labelledby="findings-title"><h2 id="findings-title">Findings</h2>
            <ol class="findings">{Findings.Of(tables).Select(f => Markup.Of($"<li>{f.Says} <strong>{f.Action}</strong> <a href=\"#{f.Section}\">See {sections.First(s => s.Id == f.Section).Title.ToLowerInvariant()}</a></li>\n"))}</ol>
            </section>
            {sections.Select(s => s.ToMarkup())}
            </main>
            <footer><p>Made by RfmSpark {tables.Run.Program} from its tables. Charts: Apache ECharts; its licence is in this file.</p></footer>
            <script type="application/json" id="page-data">{new Markup(json)}</script>
            <script type="text/plain" id="licences">{new Markup(Licences)}</script>
            <script>{new Markup(Script)}</script>
            </body>
            </html>

            """).Text;
    }

    private static string Resource(string name)
    {
        using var reader = new StreamReader(Assembly.GetExecutingAssembly().GetManifestResourceStream(name)!, Encoding.UTF8);
        return reader.ReadToEnd();
    }

    /// <summary>What the page's script is given.</summary>
    private sealed record PageData(string Currency, IReadOnlyDictionary<string, Chart> Charts);
}
