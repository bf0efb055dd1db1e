using RfmSpark.Report.Charts;
using RfmSpark.Report.Data;
using RfmSpark.Report.Html;

namespace RfmSpark.Report.Sections;

/// <summary>Through which channels customers came, what that cost, and where the next money should go.</summary>
internal static class ChannelReturns
{
    private const string Id = "channels", Title = "Channels";

    internal static Section Of(RunTables tables)
    {
        var channels = tables.Channels;
        if (channels.Count == 0)
            return Section.Without(Id, Title, "Name the column of the channel (orders.columns.channel) to see what each brings, "
                + "and a file of what it costs (channels.spendFile) to see whether it pays.");
        var numbers = tables.Numbers;
        var paid = channels.Where(c => c.Roas is not null).OrderByDescending(c => c.Roas).ToList();
        var table = new HtmlTable("Channels",
            ["Channel", "Customers", "Revenue of its customers", "Their CLV, 12 months", "Spend", "Revenue per unit spent (ROAS)",
                "Cost of a customer (CAC)", "CLV : CAC", "Spend a month (mean of the last three)", "Suggested", HtmlColumn.Words("Note")],
            [.. channels.Select(c => (IReadOnlyList<string>)[c.Channel, Numbers.Count(c.Customers), numbers.Money(c.Revenue), numbers.Money(c.Clv12),
                numbers.Money(c.Spend), Numbers.Decimals(c.Roas, 2), numbers.Money(c.Cac), Numbers.Decimals(c.ClvToCac, 2),
                numbers.Money(c.MonthlySpend), numbers.Money(c.SuggestedSpend), c.Note ?? ""])]);
        if (paid.Count == 0)
            return new Section(Id, Title, "Revenue and CLV alone, by the channel of the first order: a file of what channels cost (channels.spendFile) would say whether they pay.",
                new Figure("channels-chart",
                    new Bars("Revenue", NumberFormat.Money, [.. channels.Select(c => c.Channel)],
                        [
                            new BarSeries("Revenue so far", [.. channels.Select(c => (double?)c.Revenue)]),
                            new BarSeries("CLV, 12 months", [.. channels.Select(c => (double?)c.Clv12)])
                        ]),
                    "Bars for each channel: revenue of its customers so far and their CLV.", table));
        var target = tables.Run.Number("channels.targetRoas");
        string Named(ChannelFacts channel) => $"{channel.Channel} ({Numbers.Decimals(channel.Roas, 2)})";
        var lead = paid.Count == 1
            ? $"{paid[0].Channel} brings {Numbers.Decimals(paid[0].Roas, 2)} for each unit spent."
            : $"For each unit spent {Named(paid[0])} brings most, {Named(paid[^1])} least. The target is {Numbers.Decimals(target, 2)} (channels.targetRoas).";
        return new Section(Id, Title, lead + Margin(tables, paid),
            new Figure("channels-chart",
                new Bars("Revenue per unit spent (ROAS)", NumberFormat.Ratio, [.. paid.Select(c => c.Channel)],
                    [new BarSeries("ROAS", [.. paid.Select(c => c.Roas)])], target, "Target"),
                "Bars of the revenue per unit spent of each channel, with a line at the target.", table));
    }

    // Revenue pays for spend by its margin alone. Where margins differ, channels have theirs in CLV : CAC.
    private static string Margin(RunTables tables, List<ChannelFacts> paid)
    {
        var margin = tables.Run.Number("clv.margin");
        if (tables.ClvIs == "revenue" || margin is <= 0 or >= 1 || tables.Run.Setting("clv.marginBy") is not (null or "none")) return "";
        var losing = paid.Where(c => c.Roas * margin < 1).Select(c => c.Channel).ToList();
        return $" At a margin of {Numbers.Percent(margin)} a channel pays for itself from {Numbers.Decimals(1 / margin, 2)} on"
            + $"{(losing.Count == 0 ? "" : $", which {Words.List(losing)} {(losing.Count == 1 ? "does" : "do")} not reach")}.";
    }
}
