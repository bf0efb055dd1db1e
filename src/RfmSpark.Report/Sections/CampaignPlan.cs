using RfmSpark.Report.Charts;
using RfmSpark.Report.Data;
using RfmSpark.Report.Html;

namespace RfmSpark.Report.Sections;

/// <summary>What campaigns cost and are expected to bring.</summary>
internal static class CampaignPlan
{
    // Rounded to whole orders, few would come to none that bring money.
    private const double FewOrders = 10;

    internal static Section Of(RunTables tables)
    {
        var numbers = tables.Numbers;
        var campaigns = tables.Campaigns;
        var sent = campaigns.Where(c => c.IsSent).ToList();
        var least = tables.Run.Number("campaigns.minRoi");
        var lead = sent.Count == 0
            ? $"No campaign is expected to return the {Numbers.Percent(least, 0)} that is asked for (campaigns.minRoi)."
            : $"{sent.Count} of {campaigns.Count} campaigns {(sent.Count == 1 ? "is" : "are")} expected to return at least {Numbers.Percent(least, 0)} on {(sent.Count == 1 ? "its" : "their")} cost: "
                + $"contact {Words.Of(sent.Sum(c => c.BudgetedContacts), "customer")} for {numbers.RoundMoney(sent.Sum(c => c.Budget))}.";
        var rated = campaigns.Where(c => c.Roi is not null).ToList();
        var table = new HtmlTable("Campaigns",
            ["Who", HtmlColumn.Words("Actions"), "Contacts", "Cost", "Orders expected", "Revenue expected", "ROI",
                "Break-even: must order", HtmlColumn.Words("Decision"), "Contacts in budget", "Budget"],
            [.. campaigns.Select(c => (IReadOnlyList<string>)[c.Segment, string.Join(", ", c.Actions.Select(a => $"{a.Action} ({Numbers.Count(a.Customers)})")),
                Numbers.Count(c.Contacts), numbers.Money(c.Cost), c.Conversions < FewOrders ? Numbers.Decimals(c.Conversions, 1) : Numbers.Count(c.Conversions), numbers.Money(c.Revenue),
                Numbers.Percent(c.Roi, 0), Numbers.Percent(c.BreakEven), c.IsSent ? "send" : "suppress", Numbers.Count(c.BudgetedContacts), numbers.Money(c.Budget)])]);
        var how = "Cost of a contact and share of those who order because of it are those of the campaigns file (campaigns.file); "
            + (sent.Count == 0 ? "measure your own with an experiment." : "leave a tenth of them out, and measure your own by those (experiment assign --holdout 0.1).");
        return rated.Count == 0
            ? new Section("campaigns", "Campaign plan", $"{lead} {how}", table)
            : new Section("campaigns", "Campaign plan", $"{lead} {how}",
                new Figure("campaigns-chart",
                    new Bars("Return on cost (ROI)", NumberFormat.Percent, [.. rated.Select(c => c.Segment)],
                        [new BarSeries("ROI", [.. rated.Select(c => c.Roi)])], least, "Least ROI"),
                    "Bars of the return on the cost of each campaign, with a line at the least that is asked for.", table));
    }
}
