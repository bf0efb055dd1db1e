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

        List<object?[]> rows = [];
        foreach (var line in joined.Split('\n'))
        {
            var values = line.Split(Separator);
            rows.Add([.. schema.Select((c, i) => values[i] == "\\N" ? null : Value(c.Type, values[i]))]);
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

    private static object Value(string type, string text) => type switch
    {
        "string" or "struct" or "array" or "map" => Unescape(text),
        "boolean" => text == "true",
        "byte" or "short" or "integer" => int.Parse(text, CultureInfo.InvariantCulture),
        "long" => long.Parse(text, CultureInfo.InvariantCulture),
        "float" or "double" => GatewayProtocol.Double(text),
        "date" => DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture),
        "timestamp" => DateTime.UnixEpoch.AddTicks(long.Parse(text, CultureInfo.InvariantCulture) * 10),
        "binary" => Convert.FromBase64String(text),
        _ when type.StartsWith("decimal", StringComparison.Ordinal) => decimal.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture),
        _ => text,
    };

    private static string Unescape(string text)
    {
        if (!text.Contains('\\', StringComparison.Ordinal)) return text;
        var plain = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
            plain.Append(text[i] != '\\' ? text[i] : text[++i] switch { 'n' => '\n', 'u' => Separator, var other => other });
        return plain.ToString();
    }
}
