using RfmSpark.Clv;
using RfmSpark.Report.Data;
using RfmSpark.Report.Html;

namespace RfmSpark.Report.Sections;

/// <summary>The few numbers that a reader wants first, and how they have changed since the run before.</summary>
internal static class KeyFigures
{
    internal static Section Of(RunTables tables)
    {
        var (run, before, numbers) = (tables.Run, tables.Before, tables.Numbers);
        var now = Totals.Of(tables.Of("rfm"));
        var then = before is null ? null : Totals.Of([.. tables.SegmentHistory.Where(s => s.Day == before.Day)]);
        var figures = new List<(string Name, string Value, string? Change)>
        {
            ("Customers", Numbers.Count(run.Customers), Relative(run.Customers, before?.Customers)),
            ("Revenue so far", numbers.RoundMoney(run.Revenue), Relative((double)run.Revenue, (double?)before?.Revenue)),
            ("Average order", numbers.Money(now.AverageOrderValue), Relative((double?)now.AverageOrderValue, (double?)then?.AverageOrderValue)),
            ("Bought more than once", Numbers.Percent(now.RepeatRate), then is null ? null : Numbers.Points(now.RepeatRate - then.RepeatRate)),
            ("Expected to be active still", Numbers.Percent(now.Alive), then is null || now.Alive is null || then.Alive is null ? null : Numbers.Points(now.Alive - then.Alive)),
            ($"{Words.Capitalised(tables.ClvIs)} expected in 12 months (CLV)", numbers.RoundMoney(now.Clv12), Relative((double?)now.Clv12, (double?)then?.Clv12)),
            ("Revenue at risk", numbers.RoundMoney(now.RevenueAtRisk), Relative((double?)now.RevenueAtRisk, (double?)then?.RevenueAtRisk)),
        };
        var lead = before is null
            ? $"As of {Numbers.Day(run.Day)}. This is the first run here; from the next one on, changes stand beside the numbers."
            : $"As of {Numbers.Day(run.Day)}, with the change since the run as of {Numbers.Day(before.Day)}.";
        if (tables.ForecastDoubt is { } doubt) lead += $" {Words.Capitalised(doubt)}.";
        if (tables.ForecastError is { } error) lead += $" Take the CLV with care: {error}.";
        bool IsSaidOfTheModel(string note) => tables.Models.Any(m => m.IsChosen && m.Note?.Contains(note, StringComparison.Ordinal) == true);
        if (IsSaidOfTheModel(ModelChoice.AliveAfterOne))
            lead += " Customers who bought once all count as active still, however long ago it was: the model (BG/NBD) sees nobody leave before a second purchase.";
        if (now.Alive is null)
            lead += $" {(IsSaidOfTheModel(RfmSpark.Clv.LifetimeValue.NobodyAgain) ? "Nobody has bought again, so who"
                : IsSaidOfTheModel(ModelChoice.AllStay) ? "The model of these orders (NBD) takes all customers to stay, though others see some leave, so who"
                : "These orders hold no sign of customers leaving, so who")} is active still, and what is at risk, cannot be told.";
        return new Section("key-figures", "Key figures", lead, Markup.Of($"<dl class=\"figures\">{figures.Select(f => Tile(f.Name, f.Value, f.Change))}</dl>\n"));
    }

    private static Markup Tile(string name, string value, string? change) =>
        Markup.Of($"<div><dt>{name}</dt><dd>{value}{(change is null ? Markup.None : Markup.Of($" <span class=\"change\">{change}</span>"))}</dd></div>\n");

    private static string? Relative(double? now, double? then) => now is null || then is not > 0 ? null : Numbers.Change((now / then) - 1);
}

/// <summary>Sums over the segments of a day.</summary>
internal sealed record Totals(decimal? AverageOrderValue, double RepeatRate, double? Alive, decimal? Clv12, decimal? RevenueAtRisk)
{
    internal static Totals Of(IReadOnlyList<SegmentFacts> segments)
    {
        var customers = segments.Sum(s => s.Customers);
        double weight = Math.Max(1, customers);
        var orders = (decimal)Math.Round(segments.Sum(s => s.FrequencyMean * s.Customers));
        return new Totals(orders == 0 ? null : segments.Sum(s => s.Revenue) / orders, segments.Sum(s => s.RepeatRate * s.Customers) / weight,
            segments.Any(s => s.AliveShare is null) ? null : segments.Sum(s => s.AliveShare * s.Customers) / weight,
            segments.Any(s => s.Clv12 is null) ? null : segments.Sum(s => s.Clv12), segments.Any(s => s.RevenueAtRisk is null) ? null : segments.Sum(s => s.RevenueAtRisk));
    }
}
