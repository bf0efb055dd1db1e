using RfmSpark.Intake;
using RfmSpark.Report.Data;
using RfmSpark.Report.Html;

namespace RfmSpark.Report.Sections;

/// <summary>What was read, what was left out, and how the run was made.</summary>
internal static class DataQuality
{
    private const int Most = 3;

    internal static Section Of(RunTables tables)
    {
        var run = tables.Run;
        var read = new HtmlTable("Records", ["Records", "Number"],
        [
            ["In the files", Numbers.Count(run.RowsIn)],
            ["Kept as order lines", Numbers.Count(run.RowsKept)],
            ["Left out", Numbers.Count(run.RowsRejected)],
            .. tables.Rejected.Select(r => (IReadOnlyList<string>)[$"… {r.Reason.Replace('_', ' ')}", Numbers.Count(r.Lines)]),
            ["Kept, though equal to another in every column", Numbers.Count(run.RowsRepeated)],
            ["Customers with a purchase", Numbers.Count(run.Customers)],
            ["Customers without one, such as returns alone", Numbers.Count(run.CustomersWithoutPurchase)],
        ]);
        var made = new HtmlTable("The run", ["What", HtmlColumn.Words("How")],
        [
            ["As of", Numbers.Day(run.Day)],
            ["Orders", string.Join(", ", run.Orders)],
            ["Engine", run.Engine],
            ["Program", $"RfmSpark {run.Program}"],
            ["Legend of the segments", run.Setting("rfm.legend") ?? Numbers.Unknown],
            ["Returns", run.Setting("orders.returns") == "gross" ? "passed over (gross)" : "taken off (net)"],
            ["Margin in CLV and campaigns", Margin(tables)],
            ["What money loses in a year", Numbers.Percent(run.Number("clv.annualDiscount"))],
            ["Costs and responses of campaigns", $"{run.Setting("campaigns.file")}, by {run.Setting("campaigns.by")}"],
            .. run.Seconds.Select(s => (IReadOnlyList<string>)[$"Seconds for {s.Key}", Numbers.Decimals(s.Value, 1)]),
        ]);
        var leftOut = tables.RejectedAsWrong == 0 ? "" : $"; left out were {Reasons(tables)}";
        var later = run.RowsRejected - tables.RejectedAsWrong;
        var notSeen = later == 0 ? "" : $"; {Numbers.Count(later)} are dated after {Numbers.Day(run.Day)}";
        return new Section("data", "Data and how this was made",
            $"{Numbers.Count(run.RowsKept)} of {Words.Of(run.RowsIn, "record")} {(run.RowsIn == 1 ? "was" : "were")} "
                + $"kept{leftOut}{notSeen}.{(run.RowsRejected == 0 ? "" : " Reasons and samples are in the table orders_rejected.")}",
            read, made.Folded("How the run was made"));
    }

    private static string Margin(RunTables tables)
    {
        var standard = Numbers.Percent(tables.Run.Number("clv.margin"));
        return tables.Run.Setting("clv.marginBy") is { } by and not "none"
            ? $"by {by}, {standard} for the others"
            : tables.ClvIs == "revenue" ? $"{standard}: revenue is taken for margin (clv.margin)" : standard;
    }

    /// <summary>Why records were left out, the most common reasons first.</summary>
    internal static string Reasons(RunTables tables)
    {
        var reasons = tables.Rejected.Where(r => r.Reason != OrdersRead.AfterAsOf)
            .OrderByDescending(r => r.Lines).ThenBy(r => r.Reason, StringComparer.Ordinal)
            .Select(r => $"{Numbers.Count(r.Lines)} {InWords(r.Reason)}").ToList();
        return reasons.Count <= Most ? string.Join(", ", reasons) : $"{string.Join(", ", reasons.Take(Most))} and others";
    }

    private static string InWords(string reason) => reason switch
    {
        "missing_customer" => "without a customer",
        "unreadable_date" => "without a date that can be read",
        "absent_amount" => "without an amount",
        "unreadable_amount" => "with an amount that cannot be read",
        "exact_duplicate" => "equal to another in every column",
        _ => $"as {reason.Replace('_', ' ')}",
    };
}
