using System.Net;
using System.Text.RegularExpressions;
using FsCheck.Xunit;
using RfmSpark.Report.Html;

namespace RfmSpark.Tests.Report;

/// <summary>Whatever a value is, it stays text; and it comes back as it was.</summary>
public sealed class MarkupTests
{
    [Property(MaxTest = 500)]
    public bool A_value_is_text_that_no_markup_can_be_made_of(string? value)
    {
        var markup = Markup.Of($"<p title=\"{value}\">{value}</p>").Text;
        var inner = markup["<p title=\"".Length..^"</p>".Length];

        return Regex.Count(inner, "[<>\"]") == 2 && !inner.Contains('\'') && Lone(value) == WebUtility.HtmlDecode(inner[..inner.IndexOf('"', StringComparison.Ordinal)]);
    }

    [Fact]
    public void Markup_in_markup_stands_as_it_is()
    {
        Markup[] cells = [Markup.Of($"<td>{"<"}</td>"), Markup.Of($"<td>{2}</td>")];

        Assert.Equal("<tr><td>&lt;</td><td>2</td></tr>", Markup.Of($"<tr>{cells}</tr>").Text);
    }

    // A half of a surrogate pair alone is no character, and is written as the sign for one that is unknown.
    private static string Lone(string? value) => new(
        [.. (value ?? "").Select((c, i) =>
            char.IsHighSurrogate(c) && i + 1 < value!.Length && char.IsLowSurrogate(value[i + 1])
            || char.IsLowSurrogate(c) && i > 0 && char.IsHighSurrogate(value![i - 1])
            || !char.IsSurrogate(c)
                ? c
                : '\ufffd')]);
}
