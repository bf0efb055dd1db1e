using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using RfmSpark.Engine;

namespace RfmSpark.Forgetting;

/// <summary>How the records of a client's files name their customer, to find one in a record that was rejected.</summary>
/// <param name="Column">The client's name of the column.</param>
/// <param name="Delimiter">Between the fields of delimited text.</param>
/// <param name="Quote">Around them; none if empty.</param>
internal sealed record CustomerField(string Column, string Delimiter, string Quote)
{
    private static readonly JsonSerializerOptions Plain = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Those that the configurations of the runs under <paramref name="output"/> had; the default if there is none.</summary>
    internal static IReadOnlyList<CustomerField> Of(IEngine engine, string output)
    {
        List<CustomerField> fields = engine.Open(Tables.Runs.Name, Path.Combine(output, Tables.Runs.Name)) is null ? []
            : [.. engine.Read(Sql.Inline("SELECT DISTINCT configuration FROM runs"), row => JsonNode.Parse(row.Text(0)!)!["orders"]!)
                .Select(orders => new CustomerField(
                    orders["columns"]!["customer_id"]!.GetValue<string>(),
                    orders["delimiter"]!.GetValue<string>(),
                    orders["quote"]?.GetValue<string>() ?? ""))
                .Distinct()];
        return fields.Count > 0 ? fields : [new CustomerField(Tables.CustomerId.Name, ",", "\"")];
    }

    /// <summary>
    /// Whether a record names <paramref name="customer"/>: one that can be read in its customer column alone; one that cannot, of which nobody knows what its fields are,
    /// wherever the whole of a field is the id.
    /// </summary>
    internal bool Names(string record, string customer) =>
        ObjectOf(record) is { } read ? Texts(read).Contains(customer) : Spellings(customer).Any(spelling => HasField(record, spelling));

    private static JsonElement? ObjectOf(string record)
    {
        if (!record.AsSpan().TrimStart().StartsWith("{")) return null;
        try
        {
            return JsonSerializer.Deserialize<JsonElement>(record);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    // As intake reads it: text without the spaces around it; a number that became a double only because other rows lack it is the integer that it was.
    private IEnumerable<string> Texts(JsonElement record)
    {
        var fields = record.EnumerateObject().Where(f => string.Equals(f.Name, Column, StringComparison.OrdinalIgnoreCase)).ToList();
        foreach (var value in fields.Where(f => f.Name == Column || fields.TrueForAll(other => other.Name != Column)).Select(f => f.Value))
        {
            var text = value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText();
            yield return text;
            yield return text.Trim(' ');
            if (value.ValueKind == JsonValueKind.Number && decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number))
                yield return number.ToString(decimal.IsInteger(number) ? "0" : "0.0000000000", CultureInfo.InvariantCulture);
        }
    }

    // As it stands, as a quoted field has it, and as JSON has it.
    private IEnumerable<string> Spellings(string customer)
    {
        var quoted = Quote.Length == 0 ? customer : customer.Replace(Quote, Quote + Quote, StringComparison.Ordinal);
        return new[] { customer, quoted, JsonSerializer.Serialize(customer, Plain)[1..^1], JsonSerializer.Serialize(customer)[1..^1] }.Distinct();
    }

    // In what begins as JSON, a field is between quotes, or between what stands around a number; a colon inside of a text is none of these.
    private bool HasField(string record, string text)
    {
        var json = record.AsSpan().TrimStart().StartsWith("{");
        for (var at = record.IndexOf(text, StringComparison.Ordinal); at >= 0; at = record.IndexOf(text, at + 1, StringComparison.Ordinal))
        {
            var before = record.AsSpan(0, at);
            var after = record.AsSpan(at + text.Length);
            if (json ? IsJsonValue(before.TrimEnd(' '), after.TrimStart(' ')) : (Begins(before) || Begins(before.TrimEnd(' '))) && (Ends(after) || Ends(after.TrimStart(' ')))) return true;
        }
        return false;
    }

    private static bool IsJsonValue(ReadOnlySpan<char> before, ReadOnlySpan<char> after) =>
        (before.EndsWith("\"") && after.StartsWith("\"")) || (before.EndsWith(":") && (after.IsEmpty || after[0] is ',' or '}'));

    private bool Begins(ReadOnlySpan<char> before) => before.IsEmpty || before[^1] is '\n' or '\r' || before.EndsWith(Delimiter) || (Quote.Length > 0 && before.EndsWith(Quote));

    private bool Ends(ReadOnlySpan<char> after) => after.IsEmpty || after[0] is '\n' or '\r' || after.StartsWith(Delimiter) || (Quote.Length > 0 && after.StartsWith(Quote));
}
