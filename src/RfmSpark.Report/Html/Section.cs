namespace RfmSpark.Report.Html;

/// <summary>A part of the page under a heading.</summary>
/// <param name="Id">Its anchor, a word.</param>
/// <param name="Title">The heading.</param>
/// <param name="Lead">What is to be seen, in a sentence or two.</param>
/// <param name="Parts">What stands below, in order.</param>
internal sealed record Section(string Id, string Title, string Lead, params IReadOnlyList<SectionPart> Parts)
{
    /// <summary>The section of something that the run's orders or settings do not hold.</summary>
    internal static Section Without(string id, string title, string whatWouldFillIt) => new(id, title, whatWouldFillIt);

    /// <summary>Its figures.</summary>
    internal IEnumerable<Figure> Figures => Parts.Select(p => p.Figure).OfType<Figure>();

    internal Markup ToMarkup() => Markup.Of($"""
        <section id="{Id}" aria-labelledby="{Id}-title"><h2 id="{Id}-title">{Title}</h2>
        <p class="lead">{Lead}</p>
        {Parts.Select(p => p.Figure?.ToMarkup() ?? p.Markup)}</section>

        """);
}

/// <summary>A figure, or other markup.</summary>
internal sealed record SectionPart(Markup Markup, Figure? Figure)
{
    public static implicit operator SectionPart(Figure figure) => new(Markup.None, figure);

    public static implicit operator SectionPart(Markup markup) => new(markup, null);

    public static implicit operator SectionPart(HtmlTable table) => new(table.ToMarkup(), null);
}
