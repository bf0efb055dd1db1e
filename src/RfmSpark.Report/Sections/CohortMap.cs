using System.Globalization;
using RfmSpark.Report.Charts;
using RfmSpark.Report.Data;
using RfmSpark.Report.Html;

namespace RfmSpark.Report.Sections;

/// <summary>Of those who began together: how many still buy, and what they have brought.</summary>
internal static class CohortMap
{
    // What a page is wide enough for.
    private const int MostPeriods = 24;
    private static readonly int[] InTheTable = [1, 2, 3, 6, 12];

    internal static Section Of(RunTables tables)
    {
        var numbers = tables.Numbers;
        var period = tables.PeriodOfCohorts;
        var recent = tables.RecentCohorts;
        var cohorts = recent.Select(c => c.Cohort).Distinct().ToList();
        var cells = recent.Where(c => c.Period < MostPeriods).ToList();
        if (cells.Count == 0) return Section.Without("cohorts", "Cohorts", $"No {period} of these orders is over yet. The first whole {period} after the first order fills this.");
        var left = tables.Cohorts.Select(c => c.Cohort).Distinct().Count() - cohorts.Count;
        // The oldest cohort at the top.
        string[] rows = [.. Enumerable.Reverse(cohorts).Select(c => Name(period, c))];
        string[] periods = [.. Enumerable.Range(0, cells.Max(c => c.Period) + 1).Select(p => p.ToString(CultureInfo.InvariantCulture))];
        double Row(DateOnly cohort) => cohorts.Count - 1 - cohorts.IndexOf(cohort);
        var chart = new HeatMap($"{Words.Capitalised(period)}s since the first order", $"First order in the {period} of", periods, rows,
        [
            // All buy in the period of their first purchase: its cells would only pale the others.
            new HeatView("Retention", NumberFormat.Percent, [.. cells.Select(c => new[] { c.Period, Row(c.Cohort), c.Retention })],
                cells.Where(c => c.Period > 0 && c.Retention > 0).Select(c => (double?)c.Retention).Max()),
            new HeatView("Revenue per customer so far", NumberFormat.Money, [.. cells.Select(c => new[] { c.Period, Row(c.Cohort), (double)c.RevenuePerCustomer })]),
        ]);
        var table = new HtmlTable($"Cohorts by {period}", ["Cohort", "Customers", $"Active in {period} 1", "In 2", "In 3", "In 6", "In 12", "Revenue per customer so far"],
            [.. cohorts.Select(c => (IReadOnlyList<string>)[Name(period, c), Numbers.Count(cells.Find(x => x.Cohort == c)?.Customers),
                .. InTheTable.Select(p => Numbers.Percent(cells.Find(x => x.Cohort == c && x.Period == p)?.Retention)),
                numbers.Money(tables.Cohorts.Where(x => x.Cohort == c).MaxBy(x => x.Period)?.RevenuePerCustomer)])]);
        return new Section("cohorts", "Cohorts",
            (Returning(tables) is var (returning, _) ? $"{returning} " : "")
                + $"A row is the customers of one {period}, a column the {period}s since; "
                    + $"one that is not over yet is left open.{(left > 0 ? $" {Words.Of(left, "earlier cohort")}: see cohort_retention." : "")}",
            new Figure("cohorts-map", chart, $"Heat map of {cohorts.Count} cohorts by {period}s since the first order.", table));
    }

    /// <summary>How many of the cohorts that are shown came back, in a sentence and as a share; null if none had the time to.</summary>
    internal static (string Says, double Share)? Returning(RunTables tables)
    {
        var next = tables.RecentCohorts.Where(c => c.Period == 1).ToList();
        var (period, returned) = (tables.PeriodOfCohorts, next.Sum(c => c.Active) / Math.Max(1.0, next.Sum(c => c.Customers)));
        return next.Count == 0 ? null
            : ($"Of those who began {(next.Count == 1
                ? $"in the {period} of {Name(period, next[0].Cohort)}"
                : $"from {Name(period, next.Min(c => c.Cohort))} to {Name(period, next.Max(c => c.Cohort))}")}, "
                + $"{Numbers.Percent(returned)} bought again in the {period} after.", returned);
    }

    private static string Name(string period, DateOnly start) => period switch
    {
        "month" => start.ToString("yyyy-MM", CultureInfo.InvariantCulture),
        "quarter" => string.Create(CultureInfo.InvariantCulture, $"{start.Year} Q{((start.Month - 1) / 3) + 1}"),
        _ => Numbers.Day(start),
    };
}
