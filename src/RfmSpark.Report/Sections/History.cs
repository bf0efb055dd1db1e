using RfmSpark.Report.Charts;
using RfmSpark.Report.Data;
using RfmSpark.Report.Html;

namespace RfmSpark.Report.Sections;

/// <summary>What to watch, from run to run.</summary>
internal static class History
{
    private const int MostRuns = 60, MostSegments = 4;

    private static readonly (string Metric, string Name, NumberFormat Format)[] Watched =
    [
        ("repeat_purchase_rate", "Ordered since the day compared with", NumberFormat.Percent),
        ("order_frequency", "Orders per customer since", NumberFormat.Ratio),
        ("average_order_value", "Average order since", NumberFormat.Money),
        ("clv_growth", "Growth of CLV, same customers", NumberFormat.Change),
    ];

    internal static Section Of(RunTables tables)
    {
        var numbers = tables.Numbers;
        var now = tables.Metrics.Where(m => m.Day == tables.Run.Day && m.Value is not null).ToList();
        var table = new HtmlTable("Metrics by segment, of this run", ["Segment", HtmlColumn.Words("Metric"), "Value", "Customers"],
            [.. now.OrderBy(m => m.Segment is not null).ThenBy(m => m.Segment, StringComparer.Ordinal).ThenBy(m => m.Metric, StringComparer.Ordinal)
                .Select(m => (IReadOnlyList<string>)[m.Segment ?? "All customers", m.Metric.Replace('_', ' '), Value(m, numbers), Numbers.Count(m.Customers)])]);
        var runs = tables.Runs.TakeLast(MostRuns).ToList();
        if (runs.Count < 2)
            return new Section("history", "Over time", "One run does not make a line: run again next week, or fill in the past with backfill.",
                now.Count == 0 ? [] : [table.Folded("The metrics of this run by segment")]);
        var days = runs.Select(r => r.Day).ToList();
        Panel[] panels =
        [
            new Panel("Customers", NumberFormat.Count, [.. runs.Select(r => (double?)r.Customers)]),
            new Panel("Revenue so far", NumberFormat.Money, [.. runs.Select(r => (double?)r.Revenue)]),
            .. Watched.Select(w => Over(days, tables, w.Metric, null, w.Name, w.Format)).Where(p => p.Values.Any(v => v is not null)),
            .. tables.Metrics.Where(m => m.Metric == "churn" && m.Value is not null).Select(m => m.Segment).Distinct().Take(MostSegments)
                .Select(s => Over(days, tables, "churn", s, $"Churn of {s}", NumberFormat.Percent)),
        ];
        var lines = new HtmlTable("From run to run", ["As of", .. panels.Select(p => p.Name)],
            [.. runs.Select((r, i) => (IReadOnlyList<string>)[Numbers.Day(r.Day), .. panels.Select(p => Value(p.Format, p.Values[i], numbers))])]);
        return new Section("history", "Over time", $"{runs.Count} runs, from {Numbers.Day(days[0])} to {Numbers.Day(days[^1])}. A gap is a run that could not tell.",
            [new Figure("history-chart", new Panels("As of", [.. days.Select(d => Numbers.Day(d))], panels),
                    $"{panels.Length} small charts over {runs.Count} runs.", lines),
                .. now.Count == 0 ? (SectionPart[])[] : [table.Folded("The metrics of this run by segment")]]);
    }

    private static Panel Over(IReadOnlyList<DateOnly> days, RunTables tables, string metric, string? segment, string name, NumberFormat format) =>
        new(name, format, [.. days.Select(d => tables.Metrics.FirstOrDefault(m => m.Day == d && m.Metric == metric && m.Segment == segment)?.Value)]);

    private static string Value(MetricPoint metric, Numbers numbers) => metric.Metric switch
    {
        "average_order_value" or "reactivated_order_value" => numbers.Money((decimal?)metric.Value),
        "order_frequency" => Numbers.Decimals(metric.Value, 2),
        "clv_growth" => Numbers.Change(metric.Value),
        _ => Numbers.Percent(metric.Value),
    };

    private static string Value(NumberFormat format, double? value, Numbers numbers) => format switch
    {
        NumberFormat.Money => numbers.Money((decimal?)value),
        NumberFormat.Percent => Numbers.Percent(value),
        NumberFormat.Change => Numbers.Change(value),
        NumberFormat.Ratio => Numbers.Decimals(value, 2),
        _ => Numbers.Count(value),
    };
}
