namespace RfmSpark.Report.Html;

/// <summary>A column of an <see cref="HtmlTable"/>; a text alone is the heading of one of numbers.</summary>
/// <param name="Heading">Its heading.</param>
/// <param name="IsWords">Whether words stand in it.</param>
internal readonly record struct HtmlColumn(string Heading, bool IsWords)
{
    public static implicit operator HtmlColumn(string heading) => new(heading, false);

    internal static HtmlColumn Words(string heading) => new(heading, true);
}

/// <summary>A table as text: the first column names the row.</summary>
/// <param name="Caption">What the table tells, for those who hear the page.</param>
/// <param name="Columns">The columns.</param>
/// <param name="Rows">Texts, as many a row as there are columns.</param>
internal sealed record HtmlTable(string Caption, IReadOnlyList<HtmlColumn> Columns, IReadOnlyList<IReadOnlyList<string>> Rows)
{
    /// <summary>The table, open to the eye.</summary>
    internal Markup ToMarkup() => Markup.Of($"""
        <div class="table" tabindex="0" role="group" aria-label="{Caption}"><table><caption>{Caption}</caption>
        <thead><tr>{Columns.Select((c, i) => Markup.Of($"<th scope=\"col\"{Class(i)}>{c.Heading}</th>"))}</tr></thead>
        <tbody>{Rows.Select(Row)}</tbody></table></div>

        """);

    /// <summary>The table under a line that opens it.</summary>
    internal Markup Folded(string summary = "The numbers as a table") => Markup.Of($"<details><summary>{summary}</summary>{ToMarkup()}</details>\n");

    private Markup Row(IReadOnlyList<string> cells) => Markup.Of($"<tr><th scope=\"row\">{cells[0]}</th>{cells.Skip(1).Select((text, i) => Markup.Of($"<td{Class(i + 1)}>{text}</td>"))}</tr>\n");

    private Markup Class(int column) => column == 0 || Columns[column].IsWords ? Markup.Of($" class=\"words\"") : Markup.None;
}
