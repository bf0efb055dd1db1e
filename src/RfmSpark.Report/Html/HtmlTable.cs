namespace RfmSpark.Report.Html;

/// <summary>A table as text: the first column names the row, the others are numbers unless a column says that it is words.</summary>
/// <param name="Caption">What the table tells, for those who hear the page.</param>
/// <param name="Columns">Their headings; one that begins with <c>~</c> is of words.</param>
/// <param name="Rows">Texts, as many a row as there are columns.</param>
internal sealed record HtmlTable(string Caption, IReadOnlyList<string> Columns, IReadOnlyList<IReadOnlyList<string>> Rows)
{
    private const char OfWords = '~';

    /// <summary>The table, open to the eye.</summary>
    internal Markup ToMarkup() => Markup.Of($"""
        <div class="table" tabindex="0" role="group" aria-label="{Caption}"><table><caption>{Caption}</caption>
        <thead><tr>{Columns.Select((c, i) => Markup.Of($"<th scope=\"col\"{Class(i)}>{c.TrimStart(OfWords)}</th>"))}</tr></thead>
        <tbody>{Rows.Select(Row)}</tbody></table></div>

        """);

    /// <summary>The table under a line that opens it.</summary>
    internal Markup Folded(string summary = "The numbers as a table") => Markup.Of($"<details><summary>{summary}</summary>{ToMarkup()}</details>\n");

    private Markup Row(IReadOnlyList<string> cells) => Markup.Of($"<tr><th scope=\"row\">{cells[0]}</th>{cells.Skip(1).Select((text, i) => Markup.Of($"<td{Class(i + 1)}>{text}</td>"))}</tr>\n");

    private Markup Class(int column) => column == 0 || Columns[column].StartsWith(OfWords) ? Markup.Of($" class=\"words\"") : Markup.None;
}
