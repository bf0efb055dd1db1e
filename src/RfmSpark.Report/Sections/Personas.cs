using RfmSpark.Report.Charts;
using RfmSpark.Report.Data;
using RfmSpark.Report.Html;

namespace RfmSpark.Report.Sections;

/// <summary>The clusters as persons: what they are like, how far one may trust them, what is done with them, and where they lie.</summary>
internal static class Personas
{
    internal static Section Of(RunTables tables)
    {
        var numbers = tables.Numbers;
        var cards = tables.Clusters.Select(c => Card(c, tables.IsByPersona ? tables.Campaigns.FirstOrDefault(p => p.Segment == c.Persona) : null, MostCommonAction(tables, c.Persona), numbers));
        var groups = tables.Clusters.Select(c => c.Persona).Distinct()
            .Select(p => new PointGroup(p, [.. tables.Sample.Where(s => s.Persona == p).Select(s => new[] { Math.Max(1.0, s.Recency), (double)s.Monetary })]))
            .ToList();
        var profile = new HtmlTable("Personas",
            ["Persona", "Customers", "Share", "Share of revenue", "Days since last order (median)", "Orders (median)",
                "Spent (median)", "Average order", "Bought again", "Silhouette", "Stability"],
            [.. tables.Clusters.Select(c => (IReadOnlyList<string>)[c.Persona, Numbers.Count(c.Customers), Numbers.Percent(c.Share),
                Numbers.Percent(c.RevenueShare), Numbers.Median(c.RecencyMedian), Numbers.Median(c.FrequencyMedian),
                numbers.Money(c.MonetaryMedian), numbers.Money(c.AverageOrderValue), Numbers.Percent(c.RepeatRate), Numbers.Decimals(c.Silhouette, 2), Numbers.Decimals(c.Stability, 2)])]);
        var separating = string.Join(", ", tables.Features.Where(f => f.EtaSquared is not null).OrderByDescending(f => f.EtaSquared).Select(f => $"{f.Feature} {Numbers.Percent(f.EtaSquared, 0)}"));
        var sameName = tables.Clusters.Select(c => c.Persona).Intersect(tables.Of("rfm").Select(s => s.Segment)).Any() ? " A segment of the same name is of other customers." : "";
        var between = separating.Length == 0 ? "" : $" Share of the differences between customers that lies between personas: {separating}.";
        return new Section("personas", "Personas",
            $"Customers who are alike in what they do, found by clustering rather than by rules.{sameName} Silhouette says how clearly a persona stands apart "
                + $"(1 wholly, 0 not at all), stability whether it comes out again from other samples of the customers.{between}",
            Markup.Of($"<div class=\"cards\">{cards}</div>\n"),
            new Figure("personas-map", new ScatterPlot("Days since the last order", "Net spend", NumberFormat.Money, groups),
                $"Scatter plot of a sample of customers by days since the last order and net spend, both axes logarithmic, one colour and shape for each of {groups.Count} personas.", profile));
    }

    private static Markup Card(ClusterFacts cluster, CampaignFacts? campaign, string action, Numbers numbers) => Markup.Of($"""
        <article><h3>{cluster.Persona}</h3><p>{Sentence(cluster.Description)}</p>
        <dl><div><dt>Customers</dt><dd>{Numbers.Count(cluster.Customers)} ({Numbers.Percent(cluster.Share)})</dd></div><div><dt>Share of revenue</dt><dd>{Numbers.Percent(cluster.RevenueShare)}</dd></div>
        <div><dt>Last order (median)</dt><dd>{Numbers.Median(cluster.RecencyMedian)} {(cluster.RecencyMedian == 1 ? "day" : "days")} ago</dd></div><div><dt>Orders (median)</dt><dd>{Numbers.Median(cluster.FrequencyMedian)}</dd></div>
        <div><dt>Spent (median)</dt><dd>{numbers.Money(cluster.MonetaryMedian)}</dd></div><div><dt>Silhouette</dt><dd>{Numbers.Decimals(cluster.Silhouette, 2)}</dd></div>
        <div><dt>Stability</dt><dd>{Numbers.Decimals(cluster.Stability, 2)}{(cluster.StabilityBound is null ? "" : $", {cluster.StabilityBound}")}</dd></div><div><dt>Action</dt><dd>{action}</dd></div>
        {(campaign is null ? Markup.None : Markup.Of($"<div><dt>Campaign</dt><dd>{Decision(campaign, cluster.Customers)}</dd></div>"))}</dl></article>

        """);

    // Some of a persona may be nobody's to contact, or more than the budget pays for.
    private static string Decision(CampaignFacts campaign, long customers) =>
        (!campaign.IsSent ? "do not send" : !campaign.IsPaid ? "not in the budget" : campaign.BudgetedContacts == customers ? "send" : $"send to {Numbers.Count(campaign.BudgetedContacts)} of {Numbers.Count(customers)}")
            + (campaign.Roi is null ? "" : $", ROI {Numbers.Percent(campaign.Roi, 0)}");

    private static string MostCommonAction(RunTables tables, string persona) => tables.Groups.Where(g => g.Persona == persona).GroupBy(g => g.Action)
        .OrderByDescending(a => a.Sum(g => g.Customers)).ThenBy(a => a.Key, StringComparer.Ordinal).FirstOrDefault()?.Key ?? Numbers.Unknown;

    private static string Sentence(string words) => words.Length == 0 ? "" : char.ToUpperInvariant(words[0]) + words[1..] + ".";
}
