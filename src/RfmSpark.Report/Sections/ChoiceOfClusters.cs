using System.Globalization;
using RfmSpark.Report.Charts;
using RfmSpark.Report.Data;
using RfmSpark.Report.Html;

namespace RfmSpark.Report.Sections;

/// <summary>Why there are so many personas, and what other numbers would have come to.</summary>
internal static class ChoiceOfClusters
{
    // Hennig (2007): below the first no pattern, from the second on a valid cluster.
    private static readonly double[] StabilityBounds = [0.6, 0.75];

    internal static Section Of(RunTables tables)
    {
        var choices = tables.Choices;
        if (choices.FirstOrDefault(c => c.IsChosen) is not { } chosen)
            return Section.Without("choice-of-k", "How many personas", "No clusters could be made of these customers; more of them would be needed.");
        string[] ks = [.. choices.Select(c => c.K.ToString(CultureInfo.InvariantCulture))];
        var others = choices.Where(c => !c.IsChosen && c.Rules.Length > 0).Select(c => $"{c.K} by {c.Rules}");
        var chart = new Panels("Number of personas", ks,
        [
            new Panel("Scatter within (WCSS)", NumberFormat.Count, [.. choices.Select(c => (double?)c.Wcss)]),
            new Panel("Silhouette", NumberFormat.Ratio, [.. choices.Select(c => c.Silhouette)]),
            new Panel("Gap", NumberFormat.Ratio, [.. choices.Select(c => c.Gap)]),
            new Panel("Stability", NumberFormat.Ratio, [.. choices.Select(c => c.Stability)], StabilityBounds),
        ], choices.Index().First(c => c.Item.IsChosen).Index);
        var table = new HtmlTable("Numbers of personas that were tried", ["Personas", "Scatter within (WCSS)", "Silhouette", "Gap", "Stability", HtmlColumn.Words("Chosen by")],
            [.. choices.Select(c => (IReadOnlyList<string>)[c.K.ToString(CultureInfo.InvariantCulture), Numbers.Count(c.Wcss), Numbers.Decimals(c.Silhouette, 2),
                Numbers.Decimals(c.Gap, 2), Numbers.Decimals(c.Stability, 2), c.IsChosen ? $"{c.Rules} (taken)" : c.Rules])]);
        return new Section("choice-of-k", "How many personas",
            $"{Words.Of(chosen.K, "persona")} {(chosen.K == 1 ? "was" : "were")} taken "
                + $"({(chosen.Rules.Length == 0 || chosen.Rules.Contains("fixed", StringComparison.Ordinal)
                    ? "as set"
                    : "by " + chosen.Rules)}){string.Concat(others.Select(o => ", " + o))}. "
                + $"Good are little scatter within, and a high silhouette, gap and stability.{(chosen.Note is null ? "" : $" {chosen.Note}.")}",
            new Figure("k-chart", chart, $"Four small charts by the number of personas: scatter within, silhouette, gap and stability; {Words.Of(chosen.K, "persona")} taken.", table));
    }
}
