using RfmSpark.Report.Data;
using RfmSpark.Report.Html;

namespace RfmSpark.Report.Sections;

/// <summary>What was read, what was left out, and how the run was made.</summary>
internal static class DataQuality
{
    internal static Section Of(RunTables tables)
    {
        var run = tables.Run;
        var rejected = run.RowsIn == 0 ? 0 : tables.RejectedAsWrong / (double)run.RowsIn;
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
        var made = new HtmlTable("The run", ["What", "~How"],
        [
            ["As of", Numbers.Day(run.Day)],
            ["Orders", string.Join(", ", run.Orders)],
            ["Engine", run.Engine],
            ["Program", $"RfmSpark {run.Program}"],
            .. run.Seconds.Select(s => (IReadOnlyList<string>)[$"Seconds for {s.Key}", Numbers.Decimals(s.Value, 1)]),
        ]);
        return new Section("data", "Data and how this was made",
            $"{Numbers.Count(run.RowsKept)} of {Numbers.Count(run.RowsIn)} records were kept; {Numbers.Percent(rejected, 2)} were left out as no order lines{(tables.RejectedAsWrong < run.RowsRejected ? $", and {Numbers.Count(run.RowsRejected - tables.RejectedAsWrong)} as dated after {Numbers.Day(run.Day)}" : "")}. Reasons and samples are in the table orders_rejected.",
            read, made.Folded("How the run was made"));
    }
}
