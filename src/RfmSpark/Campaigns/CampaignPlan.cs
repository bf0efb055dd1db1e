using System.Text.Json.Nodes;
using RfmSpark.Engine;
using RfmSpark.Settings;

namespace RfmSpark.Campaigns;

/// <summary>What to do with each customer, and what it is worth by segment.</summary>
public static class CampaignPlan
{
    /// <summary>
    /// Keeps <c>campaign_cells</c>: what is done in each cell of the matrix, for the customers to be joined with; and defines <c>contact_places</c>. <paramref name="paid"/> is what
    /// <see cref="Make"/> returned.
    /// </summary>
    public static void PutCells(IEngine engine, CampaignsBy by, CampaignMatrix matrix, IReadOnlyDictionary<string, long?> paid)
    {
        engine.Put(WorkTables.CampaignCells, matrix.Rows.SelectMany(row => row.Actions.Zip(CampaignMatrix.Tiers), (row, cell) => (row.Segment, Action: cell.First, Tier: cell.Second)), (cell, row) =>
        {
            row.Text(cell.Segment);
            row.Text(cell.Tier);
            row.Long(matrix.Priority(cell.Action));
            row.Text(cell.Action);
            row.LongOrNull(cell.Action == CampaignMatrix.Suppress ? 0 : paid.GetValueOrDefault(cell.Segment, 0));
        });
        engine.Define(WorkTables.ContactPlaces, Sql.Of("contact_places").With("by_persona", by == CampaignsBy.Persona).With("in_part", paid.Values.Any(contacts => contacts > 0)));
    }

    /// <summary>
    /// Keeps <c>campaign_plan</c>: a row for each segment with customers. A segment's margin is that of what it has bought; <paramref name="standardMargin"/> where all
    /// was given back.
    /// </summary>
    /// <returns>How many of each segment's customers are contacted, null for all of those whose action is not Suppress. A segment that is not there has none.</returns>
    public static IReadOnlyDictionary<string, long?> Make(IEngine engine, CampaignsConfig config, decimal standardMargin, CampaignMatrix matrix, DateOnly asOf)
    {
        var cells = engine.Read(Sql.Of("campaign_customers").With("by_persona", config.By == CampaignsBy.Persona),
            row => new CellCustomers(row.Text(0)!, row.Text(1)!, row.Long(2), row.Long(3), row.Decimal(4), row.Decimal(5), row.Decimal(6)))
            .ToLookup(c => c.Segment);
        var plans = matrix.Rows.Where(row => cells.Contains(row.Segment)).Select(row => new SegmentPlan(row, [.. cells[row.Segment]], standardMargin)).ToList();
        var worth = plans.Where(p => p.Economics.IsWorth(config.MinRoi)).ToList();
        var contacts = worth.Zip(BudgetAllotment.Contacts([.. worth.Select(p => p.Economics)], config.Budget)).ToDictionary(p => p.First, p => p.Second);
        engine.Put(Tables.CampaignPlan, plans, (plan, row) =>
        {
            var economics = plan.Economics;
            row.Date(asOf);
            row.Text(plan.Row.Segment);
            row.Text(plan.Actions);
            row.Long(economics.Contacts);
            row.Decimal(economics.CostPerContact);
            row.Decimal(economics.Uplift);
            row.DecimalOrNull(economics.OrderValue);
            row.Decimal(economics.Cost);
            row.Double((double)economics.Conversions);
            row.DecimalOrNull(economics.Revenue);
            row.DoubleOrNull((double?)economics.Roi);
            row.DoubleOrNull((double?)economics.BreakEven);
            row.Text(contacts.ContainsKey(plan) ? "send" : "suppress");
            row.Long(contacts.GetValueOrDefault(plan));
            row.Decimal(contacts.GetValueOrDefault(plan) * economics.CostPerContact);
        });
        return contacts.ToDictionary(c => c.Key.Row.Segment, c => c.Value < c.Key.Economics.Contacts ? c.Value : (long?)null, StringComparer.Ordinal);
    }

    private sealed record CellCustomers(string Segment, string Tier, long Customers, long Orders, decimal Revenue, decimal Spent, decimal Earned);

    private sealed class SegmentPlan
    {
        internal SegmentPlan(CampaignRow row, IReadOnlyList<CellCustomers> cells, decimal standardMargin)
        {
            Row = row;
            var byAction = cells.GroupBy(c => row.Actions[CampaignMatrix.Tiers.Index().First(t => t.Item == c.Tier).Index])
                .OrderByDescending(g => g.Sum(c => c.Customers))
                .ThenBy(g => g.Key, StringComparer.Ordinal).ToList();
            Actions = new JsonObject(byAction.Select(g => KeyValuePair.Create<string, JsonNode?>(g.Key, g.Sum(c => c.Customers)))).ToJsonString();
            var contacted = byAction.Where(g => g.Key != CampaignMatrix.Suppress).SelectMany(g => g).ToList();
            var orders = contacted.Sum(c => c.Orders);
            var orderValue = orders > 0 ? Math.Round(contacted.Sum(c => c.Revenue) / orders, 2, MidpointRounding.AwayFromZero) : (decimal?)null;
            var spent = cells.Sum(c => c.Spent);
            var margin = spent > 0 ? cells.Sum(c => c.Earned) / spent : standardMargin;
            Economics = new CampaignEconomics(contacted.Sum(c => c.Customers), row.Cost, row.Uplift, row.OrderValue ?? (orderValue > 0 ? orderValue : null), margin);
        }

        internal CampaignRow Row { get; }

        // Action → customers, as JSON.
        internal string Actions { get; }

        internal CampaignEconomics Economics { get; }
    }
}
