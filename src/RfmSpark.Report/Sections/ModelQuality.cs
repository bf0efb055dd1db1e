using System.Globalization;
using RfmSpark.Report.Charts;
using RfmSpark.Report.Data;
using RfmSpark.Report.Html;

namespace RfmSpark.Report.Sections;

/// <summary>How well the models predicted weeks that they had not seen.</summary>
internal static class ModelQuality
{
    private const string Id = "model-quality", Title = "How far to trust the forecast";
    private const int AndMore = 7;

    internal static Section Of(RunTables tables)
    {
        var models = Models(tables);
        var notes = string.Concat(tables.Models.Where(m => m.Note is not null && (m.IsChosen || m.Note.Contains(Clv.LifetimeValue.Unreliable, StringComparison.Ordinal)))
            .Select(m => $" {m.Model}: {m.Note}."));
        if (tables.HeldOut.FirstOrDefault(h => h.View == "purchases_by_week") is not { } chosen)
            return Section.Without(Id, Title, tables.Models.Count == 0
                ? "No model could be fitted, so there is nothing to test. Orders over a longer time, with customers who come back, fill this."
                : $"No weeks could be held out to test the models with; orders over a longer time fill this.{notes}") with { Parts = tables.Models.Count == 0 ? [] : [models] };
        var held = tables.HeldOut.Where(h => h.Model == chosen.Model).ToList();
        var whole = held.Find(h => h.View == "purchases");
        var error = whole is null || whole.Actual == 0 ? (double?)null : (whole.Predicted / whole.Actual) - 1;
        return new Section(Id, Title,
            $"Fitted to the orders until {Numbers.Day(chosen.FittedUntil)} alone, {chosen.Model} predicted {Numbers.Count(whole?.Predicted)} purchase days "
                + $"for the {(chosen.Weeks == 1 ? "week" : $"{chosen.Weeks} weeks")} after; {Numbers.Count(whole?.Actual)} came ({Numbers.Change(error)}).{notes}",
            [Weeks(held), .. Repeats(held), models]);
    }

    private static Figure Weeks(List<HeldOut> held)
    {
        var weeks = held.Where(h => h.View == "purchases_by_week").OrderBy(h => h.Bin).ToList();
        return new Figure("held-out-weeks", new Curves("Week after the fit", NumberFormat.Count, "Purchase days", NumberFormat.Count,
                [
                    new PointGroup("Came", [.. weeks.Select(w => new double[] { w.Bin!.Value, w.Actual })]),
                    new PointGroup("Predicted", [.. weeks.Select(w => new double[] { w.Bin!.Value, w.Predicted })])
                ]),
            "Two lines by week: the purchase days that came, and those predicted.",
            new HtmlTable("Purchase days by week held out", ["Week", "Predicted", "Came"],
                [.. weeks.Select(w => (IReadOnlyList<string>)[Label(w), Numbers.Decimals(w.Predicted, 1), Numbers.Count(w.Actual)])]));
    }

    private static IEnumerable<SectionPart> Repeats(List<HeldOut> held)
    {
        var bins = held.Where(h => h.View == "purchases_by_repeats" && h.Customers > 0).OrderBy(h => h.Bin).ToList();
        if (bins.Count == 0) yield break;
        yield return new Figure("held-out-repeats", new Bars("Purchase days per customer", NumberFormat.Ratio, [.. bins.Select(Label)],
                [new BarSeries("Came", [.. bins.Select(b => (double?)b.Actual / b.Customers)]), new BarSeries("Predicted", [.. bins.Select(b => (double?)b.Predicted / b.Customers)])]),
            "Bars by how often a customer had come again before: purchase days per customer that came, beside those predicted.",
            new HtmlTable("Purchase days per customer, by repeat purchases before", ["Repeat purchases before", "Customers", "Predicted each", "Came each"],
                [.. bins.Select(b => (IReadOnlyList<string>)[Label(b), Numbers.Count(b.Customers), Numbers.Decimals(b.Predicted / b.Customers, 2), Numbers.Decimals(b.Actual / b.Customers, 2)])]));
    }

    private static Markup Models(RunTables tables) => new HtmlTable("Models",
        ["Model", "Customers", "Log-likelihood", "AIC", "Error in the weeks held out", HtmlColumn.Words("Taken"), HtmlColumn.Words("Note")],
        [.. tables.Models.Select(m => (IReadOnlyList<string>)[m.Model, Numbers.Count(m.Customers), Numbers.Decimals(m.LogLikelihood, 1), Numbers.Decimals(m.Aic, 1),
            Numbers.Change(m.HeldOutError), m.IsChosen ? "yes" : "", m.Note ?? ""])])
        .Folded("All models that were fitted");

    private static string Label(HeldOut held) => held.Bin!.Value.ToString(CultureInfo.InvariantCulture) + (held.View == "purchases_by_repeats" && held.Bin == AndMore ? " or more" : "");
}
