using System.Globalization;
using System.Text;
using RfmSpark.Spark.Gateway;

namespace RfmSpark.Spark;

/// <summary>
/// Rows as text on their way here: Spark makes one line of each, the values in the order of the columns with a unit separator between them, and all lines come in one
/// reply. In text a backslash, line feed and separator are escaped by a backslash; NULL is <c>\N</c>.
/// </summary>
internal static class RowText
{
    private const char Separator = '\u001f';

    private delegate object Parser(ReadOnlySpan<char> text);

    /// <summary>All rows of <paramref name="data"/>.</summary>
    internal static List<object?[]> Read(SparkSession session, DataFrame data, IReadOnlyList<(string Name, string Type)> schema)
    {
        var fields = schema.Select(c => $"coalesce({Expression(c.Name, c.Type)}, '\\\\N')");
        using var lines = data.SelectExpr($"concat({string.Join(", '\\u001f', ", fields)}) AS line");
        using var encoder = (JavaObject)session.Gateway.Static("org.apache.spark.sql.Encoders", "STRING")!;
        using var texts = lines.Java.Get("as", encoder);
        using var list = texts.Get("collectAsList");
        if (Convert.ToInt32(list.Call("size"), CultureInfo.InvariantCulture) == 0) return [];
        var joined = (string)session.Gateway.Static("java.lang.String", "join", "\n", list)!;

        // Half a million rows may come at once: what their columns are is looked at once, and a value is copied only if it is text.
        var parsers = schema.Select(c => ParserOf(c.Type)).ToArray();
        List<object?[]> rows = [];
        foreach (var line in joined.AsSpan().Split('\n'))
        {
            var text = joined.AsSpan()[line];
            var (values, column) = (new object?[parsers.Length], 0);
            foreach (var field in text.Split(Separator))
            {
                values[column] = text[field] is "\\N" ? null : parsers[column](text[field]);
                column++;
            }
            rows.Add(values);
        }
        return rows;
    }

    private static string Expression(string name, string type)
    {
        var column = $"`{name.Replace("`", "``", StringComparison.Ordinal)}`";
        return type switch
        {
            "string" => $@"replace(replace(replace({column}, '\\', '\\\\'), '\n', '\\n'), '\u001f', '\\u')",
            "timestamp" => $"cast(unix_micros({column}) as string)",
            "binary" => $"base64({column})",
            "struct" or "array" or "map" => $@"replace(replace(to_json({column}), '\\', '\\\\'), '\u001f', '\\u')",
            _ => $"cast({column} as string)",
        };
    }

    private static Parser ParserOf(string type) => type switch
    {
        "string" or "struct" or "array" or "map" => Unescape,
        "boolean" => text => text is "true",
        "byte" or "short" or "integer" => text => int.Parse(text, NumberStyles.Integer, CultureInfo.InvariantCulture),
        "long" => text => long.Parse(text, NumberStyles.Integer, CultureInfo.InvariantCulture),
        "float" or "double" => text => GatewayProtocol.Double(text),
        "date" => text => DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture),
        "timestamp" => text => DateTime.UnixEpoch.AddTicks(long.Parse(text, NumberStyles.Integer, CultureInfo.InvariantCulture) * 10),
        "binary" => text => Convert.FromBase64String(text.ToString()),
        _ when type.StartsWith("decimal", StringComparison.Ordinal) => text => GatewayProtocol.Decimal(text),
        _ => text => text.ToString(),
    };

    private static string Unescape(ReadOnlySpan<char> text)
    {
        if (!text.Contains('\\')) return text.ToString();
        var plain = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
            plain.Append(text[i] != '\\' ? text[i] : text[++i] switch { 'n' => '\n', 'u' => Separator, var other => other });
        return plain.ToString();
    }
}
