using System.Text.RegularExpressions;

namespace RfmSpark.Engine;

/// <summary>What a piece of a SQL file is.</summary>
internal enum SqlToken { Text, Parameter, Hole }

/// <summary>Finds parameters and holes in a SQL text, and keeps its hands off comments, quoted texts and quoted names.</summary>
internal static partial class SqlScanner
{
    /// <summary>The pieces of <paramref name="sql"/> in order, with the position of each.</summary>
    internal static IEnumerable<(SqlToken Kind, string Text, int At)> Scan(string sql)
    {
        var at = 0;
        foreach (Match match in Piece().Matches(sql))
        {
            if (match.Index > at) yield return (SqlToken.Text, sql[at..match.Index], at);
            var kind = match.Groups["hole"].Success ? SqlToken.Hole : match.Groups["parameter"].Success ? SqlToken.Parameter : SqlToken.Text;
            yield return (kind, match.Value, match.Index);
            at = match.Index + match.Length;
        }
        if (at < sql.Length) yield return (SqlToken.Text, sql[at..], at);
    }

    /// <summary>Splits the arguments of a call at the commas that lie in no parenthesis and no quotes.</summary>
    internal static IReadOnlyList<string> Arguments(string text)
    {
        List<string> arguments = [];
        var (depth, start, quoted) = (0, 0, false);
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '\'') quoted = !quoted;
            if (quoted) continue;
            depth += text[i] switch { '(' => 1, ')' => -1, _ => 0 };
            if (text[i] != ',' || depth != 0) continue;
            arguments.Add(text[start..i].Trim());
            start = i + 1;
        }
        arguments.Add(text[start..].Trim());
        return arguments;
    }

    // Comment | quoted text | quoted name | hole | parameter. A hole holds no hole.
    [GeneratedRegex("""--[^\n]*|'(?:[^']|'')*'|"(?:[^"]|"")*"|(?<hole>\{\{.*?\}\})|(?<![:\w]):(?<parameter>[a-z_][a-z0-9_]*)""", RegexOptions.Singleline)]
    private static partial Regex Piece();
}
