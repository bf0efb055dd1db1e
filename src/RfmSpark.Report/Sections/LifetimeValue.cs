using RfmSpark.Campaigns;
using RfmSpark.Clv;
using RfmSpark.Report.Charts;
using RfmSpark.Report.Data;
using RfmSpark.Report.Html;

namespace RfmSpark.Report.Sections;

/// <summary>What customers are expected to bring: how it is spread, in which segments it lies, and who brings most.</summary>
internal static class LifetimeValue
{
    private const string Id = "clv", Title = "Customer lifetime value";

    internal static Section Of(RunTables tables)
    {
        if (tables.Lorenz is not { } lorenz)
            return Section.Without(Id, Title,
                $"These orders do not say what customers will bring{(Reason(tables) is { } reason ? $": {reason}" : "")}. "
                    + $"Orders over a longer time, with customers who come back, fill this.");
        var numbers = tables.Numbers;
        var segments = tables.Of("rfm").Where(s => s.Clv12 is not null).OrderByDescending(s => s.Clv12).ToList();
        var total = segments.Sum(s => s.Clv12);
        var doubt = tables.ForecastDoubt is { } why ? $"{Words.Capitalised(why)}. By the little there is, in" : "In";
        var tenth = $"The most valuable tenth holds {Numbers.Percent(lorenz.HeldByTop(0.1), 0)} of it "
            + $"(Gini coefficient {Numbers.Decimals(lorenz.Gini, 2)}: 0 if all were worth the same, 1 if one held all).";
        return new Section(Id, Title,
            $"{doubt} the next 12 months these customers are expected to bring {numbers.RoundMoney(total)} in {tables.ClvIs}{Discount(tables)}{(tables.ForecastError is { } error ? $"; {error}" : "")}. {tenth}",
            [.. Pyramid(tables, numbers), Spread(lorenz), BySegment(segments, numbers), Top(tables, numbers)]);
    }

    // Money is asked for by the year and reckoned with by the month, and the models count in weeks: all who compare need one of the others.
    private static string Discount(RunTables tables) => tables.Run.Number("clv.annualDiscount") is > 0 and var annual
        ? $", of which what comes later counts for less, by {Numbers.Percent(annual)} a year ({Numbers.Percent(PurchaseForecast.WeeklyRate(annual), 4)} a week)"
        : "";

    private static IEnumerable<SectionPart> Pyramid(RunTables tables, Numbers numbers)
    {
        var tiers = CampaignMatrix.Tiers.SelectMany(tier => tables.Of("clv_tier").Where(t => t.Segment == tier)).ToList();
        var value = (double)tiers.Sum(t => t.Clv12 ?? 0);
        if (tiers.Count == 0 || value <= 0) yield break;
        yield return new Figure("clv-pyramid", new Bars("Share", NumberFormat.Percent, [.. tiers.Select(t => t.Segment)],
                [new BarSeries("Of the customers", [.. tiers.Select(t => (double?)t.Share)]), new BarSeries("Of CLV", [.. tiers.Select(t => (double?)t.Clv12 / value)])]),
            "Bars for each tier from Top to Small: its share of the customers beside its share of CLV.",
            new HtmlTable("Tiers by CLV", ["Tier", "Customers", "Share of customers", "CLV, 12 months", "Share of CLV", "CLV per customer"],
                [.. tiers.Select(t => (IReadOnlyList<string>)[t.Segment, Numbers.Count(t.Customers), Numbers.Percent(t.Share), numbers.Money(t.Clv12),
                    Numbers.Percent((double?)t.Clv12 / value), numbers.Money(t.Clv12 / t.Customers)])]));
    }

    private static Figure Spread(LorenzCurve lorenz)
    {
        double[] shares = [0.01, 0.05, 0.1, 0.2, 0.5];
        // A hundred steps are all that a screen shows.
        var drawn = lorenz.Points.Where((p, i) => i == 0 || i == lorenz.Points.Count - 1
            || Math.Floor(p.Customers * 100) > Math.Floor(lorenz.Points[i - 1].Customers * 100)
            || Math.Floor(p.Value * 100) > Math.Floor(lorenz.Points[i - 1].Value * 100));
        return new Figure("clv-lorenz", new Curves("Customers, from the least valuable", NumberFormat.Percent, "Share of CLV", NumberFormat.Percent,
                [new PointGroup("CLV", [.. drawn.Select(p => new[] { p.Customers, p.Value })]), new PointGroup("If all were worth the same", [[0, 0], [1, 1]])]),
            $"Lorenz curve of CLV: share of the customers from the least valuable, against their share of CLV. Gini coefficient {Numbers.Decimals(lorenz.Gini, 2)}.",
            new HtmlTable("How CLV is spread", ["The most valuable", "Share of CLV"], [.. shares.Select(s => (IReadOnlyList<string>)[Numbers.Percent(s, 0), Numbers.Percent(lorenz.HeldByTop(s))])]));
    }

    private static Figure BySegment(List<SegmentFacts> segments, Numbers numbers) =>
        new("clv-segments", new Bars("CLV, 12 months, with 95 % intervals", NumberFormat.Money, [.. segments.Select(s => s.Segment)],
            [new BarSeries("CLV", [.. segments.Select(s => (double?)s.Clv12)], [.. segments.Select(s => (double?)s.Clv12Low)], [.. segments.Select(s => (double?)s.Clv12High)])]),
            "Bars of the CLV of each segment with its 95 % interval.",
            new HtmlTable("CLV by segment", ["Segment", "Customers", "CLV, 3 months", "CLV, 12 months", "95 % from", "to", "Per customer", "Chance to be active (mean)"],
                [.. segments.Select(s => (IReadOnlyList<string>)[s.Segment, Numbers.Count(s.Customers), numbers.Money(s.Clv3), numbers.Money(s.Clv12),
                    numbers.Money(s.Clv12Low), numbers.Money(s.Clv12High), numbers.Money(s.Clv12 / s.Customers), Numbers.Percent(s.AliveShare)])]));

    private static SectionPart Top(RunTables tables, Numbers numbers) => new HtmlTable($"The {tables.Top.Count} customers expected to bring most",
        ["Customer", HtmlColumn.Words("Segment"), HtmlColumn.Words("Persona"), "Spent so far", "Chance to be active",
            "CLV, 12 months", "90 % from", "to", HtmlColumn.Words("Action")],
        [.. tables.Top.Select(t => (IReadOnlyList<string>)[t.Id, t.Segment, t.Persona, numbers.Money(t.Monetary), Numbers.Percent(t.AliveChance),
            numbers.Money(t.Clv12), numbers.Money(t.Low), numbers.Money(t.High), t.Action])])
        .Folded($"The {tables.Top.Count} customers expected to bring most");

    // The first that is said of the models that are taken, which is what matters most.
    private static string? Reason(RunTables tables) => tables.Models.Where(m => m.IsChosen && m.Note is not null).Select(m => m.Note!.Split("; ")[0]).FirstOrDefault();
}
