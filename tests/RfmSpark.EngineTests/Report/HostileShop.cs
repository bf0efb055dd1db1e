using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using RfmSpark.Campaigns;
using RfmSpark.Numerics;
using RfmSpark.Report;
using RfmSpark.Rfm;
using RfmSpark.Runs;

namespace RfmSpark.EngineTests.Report;

/// <summary>
/// A shop with everything that the page tells, whose customers, channels, stores and segments are called what an attacker would call
/// them; two runs, and the page of the second in a real Chromium.
/// </summary>
public sealed class HostileShop : IDisposable
{
    internal const string Script = "<script>window.hacked = 1</script>", EndOfBlock = "</script><img src=x onerror=\"window.hacked = 2\">",
        Quotes = "\"O'Neill\" & sons", Lines = "two\nlines", Segment = "<b onclick=window.hacked=3>Best</b>";
    internal const string FirstDay = "2026-01-01", LastDay = "2026-02-01";

    private readonly TestJob _job = new();
    private JsonNode? _seen;

    internal string Output => _job.Output;

    /// <summary>The page's bytes, made once.</summary>
    internal byte[] Page { get; private set; } = [];

    /// <summary>What Chromium found on the pages: of the shop, and of one with hardly anything.</summary>
    internal JsonNode Seen(int page, string look)
    {
        var script = Requires.Chromium();
        _seen ??= Look(script, [Made(), Bare()]);
        return _seen[page]![look]!;
    }

    /// <summary>Rows of a published table of the last day.</summary>
    internal List<string> Rows(string table, string columns, string rest = "") => _job.Rows(table, columns, $"WHERE as_of = '{LastDay}' {rest}");

    /// <summary>The path of the page.</summary>
    internal string Made()
    {
        if (Page.Length > 0) return Path.Combine(_job.Folder, "page.html");
        var config = TestJob.Config(
            [
                "orders.columns.order_id=order", "orders.columns.channel=channel", "orders.columns.store=store", "orders.columns.product=product",
                "orders.columns.quantity=quantity", "orders.columns.discount=discount", "channels.spendFile=" + _job.Write("spend.csv", Spend()),
                "clusters.replicates=2", "clusters.restarts=1", "clusters.mostClusters=5", "report.title=" + Script, "report.currency=EUR",
                "orders.maxBadRows=10",
            ]);
        var orders = _job.Write("orders.jsonl", Orders());
        string Renamed(string file) => _job.Write(file, File.ReadAllText(Path.Combine(Checkout.Conf, file)).Replace("\"Champions\"", JsonSerializer.Serialize(Segment), StringComparison.Ordinal));
        var (segments, campaigns) = (SegmentsFile.Read(Renamed("segments.json")), CampaignsFile.Read(Renamed("campaigns.json")));
        foreach (var day in new[] { FirstDay, LastDay }) _job.Run([orders], day, config, segments, campaigns);
        using var engine = new DuckDbEngine();
        Page = ReportPage.Make(engine, FinishedRun.Find(engine, Output, null)).ToArray();
        return _job.Write("page.html", Page);
    }

    public void Dispose() => _job.Dispose();

    // Three customers, one order each on one day: there is nothing to foretell, to move or to compare.
    private static string Bare()
    {
        using var job = new TestJob();
        job.Run(job.Write("orders.csv", "customer_id,order_date,amount\nA,2026-01-05,10\nB,2026-01-05,20\nC,2026-01-05,30\n"), "2026-01-06");
        using var engine = new DuckDbEngine();
        var path = Path.Combine(Path.GetTempPath(), $"rfmspark-bare-{Guid.NewGuid():N}.html");
        File.WriteAllBytes(path, ReportPage.Make(engine, FinishedRun.Find(engine, job.Output, null)).Span);
        return path;
    }

    private static JsonNode Look(string script, IReadOnlyList<string> pages)
    {
        using var node = Process.Start(new ProcessStartInfo("node", [script, .. pages]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var errors = node.StandardError.ReadToEndAsync();
        var output = node.StandardOutput.ReadToEnd();
        node.WaitForExit();
        Assert.True(node.ExitCode == 0, $"{script} ended with {node.ExitCode}: {errors.Result}");
        File.Delete(pages[1]);
        return JsonNode.Parse(output)!;
    }

    // A year of orders. The hostile ones buy most, so that they stand in the lists of the best.
    private static string Orders()
    {
        string[] channels = ["email", EndOfBlock, "search"], stores = ["Oslo", Script];
        var random = new Pcg32(7);
        var lines = new StringBuilder();
        for (var customer = 0; customer < 400; customer++)
        {
            var id = customer switch { 0 => Script, 1 => EndOfBlock, 2 => Quotes, 3 => Lines, _ => string.Create(CultureInfo.InvariantCulture, $"C{customer:000}") };
            var gap = customer < 4 ? 6 : 20 + (random.NextDouble() * 120);
            var (day, leaves) = (random.NextDouble() * 200, customer < 4 ? 500 : random.NextDouble() * 700);
            for (var order = 0; day < Math.Min(leaves, 396); order++, day += -gap * Math.Log(1 - random.NextDouble()))
            {
                var price = Math.Round(5 + (random.NextDouble() * 5), 2);
                var quantity = 1 + (int)(random.NextDouble() * 20 / price);
                lines.AppendLine(JsonSerializer.Serialize(new
                {
                    customer_id = id,
                    order = $"{customer}-{order}",
                    order_date = new DateOnly(2025, 1, 1).AddDays((int)day).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
                    amount = Math.Round(price * quantity * (customer < 4 ? 10 : 1), 2),
                    quantity = quantity * (customer < 4 ? 10 : 1),
                    discount = random.NextDouble() < 0.3 ? 1.5 : 0,
                    product = $"P{(int)(random.NextDouble() * 5)}",
                    channel = channels[customer % 3],
                    store = stores[customer % 2],
                }));
            }
        }
        lines.AppendLine("""{"customer_id":"","order":"x","order_date":"2025-05-05","amount":3,"quantity":1,"discount":0,"product":"P1","channel":"email","store":"Oslo"}""");
        return lines.ToString();
    }

    private static string Spend()
    {
        var random = new Pcg32(8);
        var lines = new StringBuilder("channel,month,spend\n");
        for (var month = 1; month <= 12; month++)
        {
            lines.AppendLine(CultureInfo.InvariantCulture, $"email,2025-{month:00},{50 + (int)(random.NextDouble() * 100)}");
            lines.AppendLine(CultureInfo.InvariantCulture, $"\"{EndOfBlock.Replace("\"", "\"\"", StringComparison.Ordinal)}\",2025-{month:00},{500 + (int)(random.NextDouble() * 900)}");
        }
        return lines.ToString();
    }
}
