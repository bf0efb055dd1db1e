using System.Text;

namespace RfmSpark.Engine;

/// <summary>
/// A client's date format, written as <c>dd/MM/yyyy HH:mm</c>: <c>yyyy MM M MMM dd d HH H hh h mm ss a</c>, all else stands for itself.
/// A letter alone takes one or two digits, a pair exactly two; <c>MMM</c> is Jan … Dec, <c>a</c> is AM or PM. Years of two digits are refused, since engines
/// guess their century differently, and so is a field of one letter that another follows at once.
/// </summary>
/// <remarks>
/// The engines differ in how strictly they read digits, so a text is first matched whole against <see cref="Regex"/>,
/// which is the same on each, and only then given to the engine's own parser.
/// </remarks>
public sealed class DatePattern
{
    private static readonly string[] Fields = ["yyyy", "MMM", "MM", "M", "dd", "d", "HH", "H", "hh", "h", "mm", "ss", "a"];

    private DatePattern(string text, IReadOnlyList<string> parts)
    {
        Text = text;
        Parts = parts;
    }

    /// <summary>The pattern as the client wrote it.</summary>
    public string Text { get; }

    /// <summary>Fields and single characters, in order.</summary>
    public IReadOnlyList<string> Parts { get; }

    /// <summary>A regular expression, without backslashes, that a text of this pattern matches whole.</summary>
    public string Regex
    {
        get
        {
            var regex = new StringBuilder();
            foreach (var part in Parts)
            {
                regex.Append(part switch
                {
                    "yyyy" => "[0-9]{4}",
                    "MMM" => "(?i:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)",
                    "MM" or "dd" or "HH" or "hh" or "mm" or "ss" => "[0-9]{2}",
                    "M" or "d" or "H" or "h" => "[0-9]{1,2}",
                    "a" => "(?i:am|pm)",
                    "[" => "[[]",
                    _ when char.IsLetterOrDigit(part[0]) || part == " " => part,
                    _ => $"[{part}]",
                });
            }
            return regex.ToString();
        }
    }

    /// <summary>Whether <paramref name="part"/> is a field of a date, and not a character for itself.</summary>
    public static bool IsField(string part) => Fields.Contains(part);

    /// <summary>Reads a pattern; null if it does not name year, month and day, or has AM or PM beside the hours of a whole day.</summary>
    public static DatePattern? Parse(string text)
    {
        var parts = new List<string>();
        for (var at = 0; at < text.Length;)
        {
            var field = Fields.FirstOrDefault(f => string.CompareOrdinal(text, at, f, 0, f.Length) == 0);
            if (field is null && char.IsAsciiLetter(text[at]) && text[at] != 'T') return null;
            if (text[at] is '^' or '\\' or '\'' or '%') return null;
            if (field is not null && parts.Count > 0 && parts[^1] is "M" or "d" or "H" or "h") return null;
            parts.Add(field ?? text[at].ToString());
            at += parts[^1].Length;
        }
        // Engines differ in what 13 PM is.
        if (parts.Contains("a") && parts.Any(p => p[0] == 'H')) return null;
        var complete = parts.Any(p => p[0] == 'y') && parts.Any(p => p[0] == 'M') && parts.Any(p => p[0] == 'd');
        return complete ? new DatePattern(text, parts) : null;
    }
}
