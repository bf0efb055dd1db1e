using RfmSpark.Campaigns;
using RfmSpark.Report.Data;
using RfmSpark.Report.Html;

namespace RfmSpark.Report.Sections;

/// <summary>What is done with whom: persona or segment by tier.</summary>
internal static class PriorityMatrix
{
    private const string NoTier = "No tier";

    internal static Section Of(RunTables tables)
    {
        var byPersona = tables.IsByPersona;
        var cells = tables.Groups.GroupBy(g => (Who: byPersona ? g.Persona : g.Segment, Tier: g.Tier ?? NoTier))
            .ToDictionary(g => g.Key, g => (g.First().Action, g.First().Priority, Customers: g.Sum(c => c.Customers), Clv: g.Any(c => c.Clv12 is null) ? null : g.Sum(c => c.Clv12)));
        if (cells.Count == 0) return Section.Without("priorities", "What to do with whom", "There are no customers to do anything with.");
        string[] tiers = [.. CampaignMatrix.Tiers.Append(NoTier).Where(t => cells.Keys.Any(c => c.Tier == t))];
        var rows = cells.Keys.Select(k => k.Who).Distinct().OrderByDescending(w => cells.Where(c => c.Key.Who == w).Sum(c => c.Value.Clv ?? 0)).ThenBy(w => w, StringComparer.Ordinal).ToList();
        var first = cells.Values.OrderBy(c => c.Priority).First();
        var customersFirst = cells.Values.Where(c => c.Priority == first.Priority).Sum(c => c.Customers);
        return new Section("priorities", "What to do with whom",
            $"Each customer has an action by {(byPersona ? "persona" : "segment")} and CLV tier, the most urgent first: "
                + $"\"{first.Action}\" is for {Words.Of(customersFirst, "customer")}. {Planned(tables)} Customers and actions are in customer_segments.",
            Markup.Of($"""
                <div class="table" tabindex="0" role="group" aria-label="Actions"><table class="matrix"><caption>Actions by {(byPersona ? "persona" : "segment")} and CLV tier</caption>
                <thead><tr><th scope="col" class="words">{(byPersona ? "Persona" : "Segment")}</th>{tiers.Select(t => Markup.Of($"<th scope=\"col\" class=\"words\">{t}</th>"))}</tr></thead>
                <tbody>{rows.Select(r => Markup.Of($"<tr><th scope=\"row\">{r}</th>{tiers.Select(t => cells.TryGetValue((r, t), out var c) ? Cell(c.Action, c.Priority, c.Customers, c.Clv, tables.Numbers) : Markup.Of($"<td></td>"))}</tr>\n"))}</tbody></table></div>

                """));
    }

    // An action is what would be done with a customer; the plan says whether it is worth its cost.
    private static string Planned(RunTables tables) => tables.Campaigns.Where(c => c.IsSent).Sum(c => c.BudgetedContacts) is > 0 and var contacted
        ? $"By the campaign plan {Words.Of(contacted, "customer")} of {Numbers.Count(tables.Run.Customers)} {(contacted == 1 ? "is" : "are")} to be contacted (is_contacted)."
        : "By the campaign plan nobody is to be contacted.";

    private static Markup Cell(string action, int priority, long customers, decimal? clv, Numbers numbers) => Markup.Of($"""
        <td class="words p{priority}"><strong>{action}</strong><br>{Numbers.Count(customers)} {(customers == 1 ? "customer" : "customers")}{(clv is null ? "" : $", CLV {numbers.RoundMoney(clv)}")}</td>
        """);
}
