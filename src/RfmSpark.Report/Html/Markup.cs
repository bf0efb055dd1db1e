using System.Runtime.CompilerServices;
using System.Text.Encodings.Web;

namespace RfmSpark.Report.Html;

/// <summary>
/// Markup. <see cref="Of"/> takes an interpolated string: what the program wrote stands as it is, every value in it is escaped unless it is markup itself, so that a customer called
/// <c>&lt;script&gt;</c> comes out as text.
/// </summary>
internal readonly record struct Markup(string Text)
{
    internal static readonly Markup None = new("");

    internal static Markup Of(ref MarkupWriter written) => new(written.Finish());

    internal static Markup Join(IEnumerable<Markup> parts) => new(string.Concat(parts.Select(p => p.Text)));

    /// <inheritdoc/>
    public override string ToString() => Text;
}

/// <summary>Escapes the values of an interpolated string on their way into <see cref="Markup"/>.</summary>
[InterpolatedStringHandler]
internal ref struct MarkupWriter(int literalLength, int formattedCount)
{
    private DefaultInterpolatedStringHandler _text = new(literalLength, formattedCount);

    public void AppendLiteral(string literal) => _text.AppendLiteral(literal);

    public void AppendFormatted(string? value) => _text.AppendLiteral(value is null ? "" : HtmlEncoder.Default.Encode(value));

    public void AppendFormatted(int value) => _text.AppendFormatted(value);

    public void AppendFormatted(Markup value) => _text.AppendLiteral(value.Text);

    public void AppendFormatted(IEnumerable<Markup> values)
    {
        foreach (var value in values) _text.AppendLiteral(value.Text);
    }

    internal string Finish() => _text.ToStringAndClear();
}
