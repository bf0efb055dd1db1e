using System.Text.Json.Nodes;
using RfmSpark.Engine;

namespace RfmSpark.Report.Data;

/// <summary>The campaign for a segment or persona: a row of <c>campaign_plan</c>. The action of most customers comes first.</summary>
internal sealed record CampaignFacts(string Segment, IReadOnlyList<(string Action, long Customers)> Actions, long Contacts, decimal Cost, double Conversions,
    decimal? Revenue, double? Roi, double? BreakEven, bool IsSent, long BudgetedContacts, decimal Budget)
{
    /// <summary>Whether the plan contacts anybody: the campaign is worth its cost, and the budget pays for some of it.</summary>
    internal bool IsPaid => IsSent && BudgetedContacts > 0;

    internal static IReadOnlyList<CampaignFacts> Read(IEngine engine) => engine.Read(Sql.Inline("""
        SELECT segment, actions, contacts, cost, expected_conversions, expected_revenue, roi, break_even_conversion, decision, budgeted_contacts, budget
        FROM campaign_plan
        ORDER BY roi DESC NULLS LAST, segment NULLS FIRST
        """), row => new CampaignFacts(row.Text(0)!,
            [.. JsonNode.Parse(row.Text(1)!)!.AsObject().Select(a => (a.Key, a.Value!.GetValue<long>())).OrderByDescending(a => a.Item2)],
            row.Long(2), row.Decimal(3), row.Double(4), row.DecimalOrNull(5),
            row.DoubleOrNull(6), row.DoubleOrNull(7), row.Text(8) == "send", row.Long(9), row.Decimal(10)));
}
