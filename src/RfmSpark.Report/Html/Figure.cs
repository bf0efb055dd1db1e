using RfmSpark.Report.Charts;

namespace RfmSpark.Report.Html;

/// <summary>A chart and the same numbers as a table.</summary>
/// <param name="Id">Its name on the page, a word.</param>
/// <param name="Chart">What it shows.</param>
/// <param name="Says">What one sees in it, in a sentence: for those who hear the page.</param>
/// <param name="Table">The numbers; its caption stands above the chart.</param>
internal sealed record Figure(string Id, Chart Chart, string Says, HtmlTable Table)
{
    internal Markup ToMarkup() => Markup.Of($"""
        <figure id="{Id}"><figcaption>{Table.Caption}</figcaption><div class="choice" data-choice="{Id}"></div><div class="chart" data-chart="{Id}" role="img" aria-label="{Says}"></div>
        {Table.Folded()}</figure>

        """);
}
