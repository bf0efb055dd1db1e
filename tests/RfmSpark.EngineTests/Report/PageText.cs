using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using RfmSpark.Report;
using RfmSpark.Runs;

namespace RfmSpark.EngineTests.Report;

/// <summary>What a page says, as text.</summary>
internal sealed partial class PageText
{
    private readonly string _html;

    /// <summary>The page of the last day of a job.</summary>
    internal PageText(TestJob job)
    {
        using var engine = new DuckDbEngine();
        _html = Encoding.UTF8.GetString(ReportPage.Make(engine, FinishedRun.Find(engine, job.Output, null)).Span);
    }

    /// <summary>The findings, each with its advice.</summary>
    internal List<string> Findings => [.. FindingPattern().Matches(_html).Select(m => TextOf(m.Value))];

    /// <summary>The cards of the personas.</summary>
    internal List<string> Cards => [.. CardPattern().Matches(_html).Select(m => TextOf(m.Value))];

    /// <summary>All that stands in a section.</summary>
    internal string Section(string section) => TextOf(_html[_html.IndexOf($"<section id=\"{section}\"", StringComparison.Ordinal)..].Split("</section>")[0]);

    /// <summary>The sentences that a section begins with.</summary>
    internal string Lead(string section) => TextOf(LeadPattern().Matches(_html).Single(m => m.Groups["section"].Value == section).Groups["lead"].Value);

    /// <summary>The cells of the rows of tables that begin with <paramref name="name"/>.</summary>
    internal List<List<string>> Rows(string name) =>
        [.. RowPattern().Matches(_html).Select(row => CellPattern().Matches(row.Value).Select(cell => TextOf(cell.Value)).ToList()).Where(cells => cells.Count > 0 && cells[0] == name)];

    private static string TextOf(string html) => BlankPattern().Replace(WebUtility.HtmlDecode(TagPattern().Replace(html, "")), " ").Trim();

    [GeneratedRegex("<li>(?:(?!</li>).)*<strong>.*?</li>", RegexOptions.Singleline)]
    private static partial Regex FindingPattern();

    [GeneratedRegex("<article[^>]*>.*?</article>", RegexOptions.Singleline)]
    private static partial Regex CardPattern();

    [GeneratedRegex("<section id=\"(?<section>[^\"]*)\"(?:(?!</section>).)*?<p class=\"lead\">(?<lead>.*?)</p>", RegexOptions.Singleline)]
    private static partial Regex LeadPattern();

    [GeneratedRegex("<tr>.*?</tr>", RegexOptions.Singleline)]
    private static partial Regex RowPattern();

    [GeneratedRegex("<t[hd][ >].*?</t[hd]>", RegexOptions.Singleline)]
    private static partial Regex CellPattern();

    [GeneratedRegex("<[^>]*>")]
    private static partial Regex TagPattern();

    [GeneratedRegex(@"\s+")]
    private static partial Regex BlankPattern();
}
