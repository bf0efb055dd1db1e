using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace RfmSpark.EngineTests.Report;

/// <summary>The page, as a reader's browser shows it: whole, quiet, safe, to be used by everyone, and with the tables' own numbers.</summary>
public sealed partial class PageTests(HostileShop shop) : IClassFixture<HostileShop>
{
    private const int OfTheShop = 0, Bare = 1;
    private static readonly string[] Order =
    [
        "findings", "key-figures", "rfm-grid", "segments", "personas", "choice-of-k", "cohorts", "migration", "clv", "model-quality", "priorities",
        "channels", "prices", "campaigns", "history", "data",
    ];
    private static readonly string[] Charts =
    [
        "grid", "segments-map", "personas-map", "k-chart", "cohorts-map", "migration-flows", "clv-pyramid", "clv-lorenz", "clv-segments",
        "held-out-weeks", "held-out-repeats", "channels-chart", "prices-chart", "campaigns-chart", "history-chart",
    ];

    [SkippableTheory]
    [InlineData(OfTheShop, "light")]
    [InlineData(OfTheShop, "dark")]
    [InlineData(OfTheShop, "phone")]
    [InlineData(Bare, "light")]
    [InlineData(Bare, "dark")]
    [InlineData(Bare, "phone")]
    public void It_opens_without_a_complaint_a_request_or_a_barrier(int page, string look)
    {
        var seen = shop.Seen(page, look);

        Assert.Empty(Texts(seen["complaints"]));
        Assert.Empty(Texts(seen["requests"]));
        Assert.Empty(Texts(seen["axe"]));
        Assert.Equal(look == "phone" ? 390 : 1200, seen["pageWidth"]!.GetValue<int>());
        Assert.Empty(Texts(seen["overlapping"]));
        Assert.Equal(Order, seen["sections"]!.AsObject().Select(s => s.Key));
    }

    [SkippableFact]
    public void Every_chart_is_drawn_and_has_words_and_a_table()
    {
        var seen = shop.Seen(OfTheShop, "light");

        Assert.Equal(Charts, seen["charts"]!.AsObject().Select(c => c.Key));
        Assert.All(seen["charts"]!.AsObject(), c => Assert.True(c.Value!["shapes"]!.GetValue<int>() >= 8, $"{c.Key} has {c.Value["shapes"]} shapes"));
        Assert.All(seen["charts"]!.AsObject(), c => Assert.True(c.Value!["says"]!.GetValue<string>().Length > 20, c.Key));
        Assert.True(seen["tables"]!.AsObject().Count >= Charts.Length);
    }

    [SkippableTheory]
    [InlineData("light")]
    [InlineData("dark")]
    [InlineData("phone")]
    public void Both_halves_of_an_interval_are_seen(string look)
    {
        var intervals = shop.Seen(OfTheShop, look)["intervals"]!;

        Assert.True(intervals["strokes"]!.GetValue<int>() >= 6, $"{intervals["strokes"]} strokes");
        Assert.Equal(0, intervals["hidden"]!.GetValue<int>());
    }

    [SkippableFact]
    public void An_axis_of_shares_ends_at_all()
    {
        // In the history no good customer leaves: a flat line at 0 %.
        foreach (var chart in new[] { "clv-lorenz", "history-chart" })
        {
            var texts = Texts(shop.Seen(OfTheShop, "light")["charts"]![chart]!["texts"]);
            Assert.Contains("100\u00a0%", texts);
            Assert.DoesNotContain("120\u00a0%", texts);
        }
    }

    [SkippableFact]
    public void Names_come_out_as_text_and_no_other_script_runs()
    {
        foreach (var look in new[] { "light", "dark", "phone" })
        {
            var seen = shop.Seen(OfTheShop, look);
            Assert.Null(seen["hacked"]);
            Assert.False(seen["letIn"]!.GetValue<bool>());
            Assert.DoesNotContain("img", Texts(seen["elements"]));
            Assert.DoesNotContain("b", Texts(seen["elements"]));
        }
        var page = shop.Seen(OfTheShop, "light");
        var ids = Column(page, "The 20 customers expected to bring most", "Customer");
        Assert.Equal(shop.Rows("customer_segments", "customer_id", "ORDER BY clv_12m DESC, customer_id LIMIT 20"), ids);
        Assert.Superset(new HashSet<string> { HostileShop.Script, HostileShop.EndOfBlock, HostileShop.Quotes, HostileShop.Lines }, ids.ToHashSet());
        Assert.Contains(HostileShop.EndOfBlock, Column(page, "Channels", "Channel"));
        Assert.Contains(HostileShop.Segment, Column(page, "Segments", "Segment"));
    }

    [SkippableFact]
    public void Its_policy_allows_the_one_script_that_it_has()
    {
        shop.Made();
        var page = Encoding.UTF8.GetString(shop.Page);
        var policy = Policy().Match(page).Groups[1].Value;
        var scripts = Scripts().Matches(page).Select(m => m.Groups[1].Value).ToList();

        Assert.StartsWith("default-src 'none'; ", policy, StringComparison.Ordinal);
        Assert.Equal($"'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(Assert.Single(scripts))))}'", Regex.Match(policy, "script-src ([^;]+);").Groups[1].Value);
        Assert.Contains("Apache License", page, StringComparison.Ordinal);
        Assert.Contains("The Apache Software Foundation", page, StringComparison.Ordinal);
        Assert.True(shop.Page.Length < 1_500_000, $"{shop.Page.Length} bytes");
    }

    [SkippableFact]
    public void It_is_used_by_the_keyboard_alone()
    {
        var seen = shop.Seen(OfTheShop, "light");

        Assert.True(seen["opened"]!.GetValue<bool>());
        Assert.Contains(Texts(seen["afterArrow"]), text => text.StartsWith('€'));
        Assert.DoesNotContain(Texts(seen["charts"]!["grid"]!["texts"]), text => text.StartsWith('€'));
    }

    [SkippableFact]
    public void On_paper_all_tables_are_open_and_whole()
    {
        var print = shop.Seen(OfTheShop, "light")["print"]!;

        Assert.Equal(0, print["closed"]!.GetValue<int>());
        Assert.InRange(print["widest"]!.GetValue<double>(), 100, 701);
        Assert.Empty(Texts(print["broken"]));
        Assert.InRange(print["afterBar"]!.GetValue<double>(), 5, 20);
    }

    [SkippableFact]
    public void It_has_the_numbers_of_the_tables()
    {
        var seen = shop.Seen(OfTheShop, "light");

        Assert.Equal(shop.Rows("segment_summary", "segment, customers, ROUND(revenue)", "AND scheme = 'rfm' ORDER BY 1"), Numbers(seen, "Segments", "Segment", "Customers", "Revenue"));
        Assert.Equal(shop.Rows("cluster_profile", "persona, customers * 100, ROUND(silhouette * 100)", "ORDER BY 1"), Hundredths(seen, "Personas", "Persona", "Customers", "Silhouette"));
        Assert.Equal(
            shop.Rows("segment_migration", "from_segment, SUM(customers)", "AND scheme = 'rfm' GROUP BY 1 ORDER BY 1"),
            Numbers(seen, "Customers by segment before (rows) and now (columns)", "From", "All"));
        Assert.Equal(
            shop.Rows(
                "segment_summary", "segment, ROUND(clv_12m), ROUND(clv_12m_total_low), ROUND(clv_12m_total_high)", "AND scheme = 'rfm' ORDER BY 1"),
            Numbers(seen, "CLV by segment", "Segment", "CLV, 12 months", "95 % from", "to"));
        Assert.Equal(shop.Rows("campaign_plan", "segment, contacts, ROUND(roi * 100)", "ORDER BY 1"), Numbers(seen, "Campaigns", "Who", "Contacts", "ROI"));
        Assert.Equal(
            shop.Rows("channel_performance", "channel, customers * 100, ROUND(roas * 100)", "AND segment IS NULL ORDER BY 1"),
            Hundredths(seen, "Channels", "Channel", "Customers", "Revenue per unit spent (ROAS)"));
        Assert.Equal(
            shop.Rows("price_sensitivity", "CASE WHEN segment IS NULL THEN 'All customers' ELSE segment END, ROUND(elasticity * 100)", "ORDER BY 1"),
            Hundredths(seen, "Segments and prices", "Segment", "Elasticity"));
        Assert.Equal(shop.Rows("runs", "rows_in, rows_kept, rows_rejected"), [string.Join('|', Column(seen, "Records", "Number").Take(3).Select(n => n.Replace(",", "", StringComparison.Ordinal)))]);
        Assert.Equal([HostileShop.FirstDay, HostileShop.LastDay], Column(seen, "From run to run", "As of"));
        Assert.Contains($"with the change since the run as of {HostileShop.FirstDay}", seen["sections"]!["key-figures"]!.GetValue<string>(), StringComparison.Ordinal);
    }

    [SkippableTheory]
    [InlineData(OfTheShop, 3)]
    [InlineData(Bare, 1)]
    public void It_begins_with_up_to_seven_findings_each_with_what_to_do(int page, int least)
    {
        var findings = shop.Seen(page, "light")["sections"]!["findings"]!.GetValue<string>().Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1).ToList();

        Assert.InRange(findings.Count, least, 7);
        Assert.All(findings, f => Assert.Matches(@"^.+\. .+[.)] See ", f));
    }

    [SkippableFact]
    public void A_section_without_data_says_what_would_fill_it()
    {
        var sections = shop.Seen(Bare, "light")["sections"]!;

        Assert.Contains("orders.columns.channel", sections["channels"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Contains("orders.columns.product", sections["prices"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Contains("migration.lookback", sections["migration"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Contains("The first whole month after the first order fills this", sections["cohorts"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Contains("Orders over a longer time, with customers who come back, fill this", sections["clv"]!.GetValue<string>(), StringComparison.Ordinal);
    }

    // Rows of a table on the page in order of their names, numbers rounded as the engine rounds them.
    private static IEnumerable<string> Numbers(JsonNode seen, string table, params string[] columns) => Rounded(seen, table, columns, 1);

    private static IEnumerable<string> Hundredths(JsonNode seen, string table, params string[] columns) => Rounded(seen, table, columns, 100);

    private static IEnumerable<string> Rounded(JsonNode seen, string table, string[] columns, int scale)
    {
        var cells = columns.Select(c => Column(seen, table, c)).ToList();
        return Enumerable.Range(0, cells[0].Count)
            .Select(row => string.Join('|', cells.Select((c, i) => i == 0 ? c[row] : c[row] == "–" ? "NULL" : Number(c[row], scale))))
            .Order(StringComparer.Ordinal);
    }

    private static string Number(string cell, int scale) =>
        Math.Round(scale * decimal.Parse(Written().Replace(cell, "").Replace('−', '-'), CultureInfo.InvariantCulture), MidpointRounding.AwayFromZero).ToString("0", CultureInfo.InvariantCulture);

    private static List<string> Column(JsonNode seen, string table, string column)
    {
        var rows = seen["tables"]![table]!.AsArray().Select(r => r!.AsArray().Select(c => c!.GetValue<string>()).ToList()).ToList();
        var at = rows[0].IndexOf(column);
        Assert.True(at >= 0, $"{table} has no column {column}: {string.Join(", ", rows[0])}");
        return [.. rows.Skip(1).Select(r => r[at])];
    }

    private static List<string> Texts(JsonNode? texts) => [.. texts!.AsArray().Select(t => t!.GetValue<string>())];

    [GeneratedRegex("""<meta http-equiv="Content-Security-Policy" content="([^"]*)">""")]
    private static partial Regex Policy();

    [GeneratedRegex("[€,%\u00a0]")]
    private static partial Regex Written();

    [GeneratedRegex("<script>(.*?)</script>", RegexOptions.Singleline)]
    private static partial Regex Scripts();
}
