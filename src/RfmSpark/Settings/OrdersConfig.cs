using System.ComponentModel.DataAnnotations;
using RfmSpark.Engine;

namespace RfmSpark.Settings;

/// <summary>The client's files and what counts as an order in them.</summary>
public sealed record OrdersConfig
{
    /// <summary>The names that <see cref="Columns"/> may map; the engine and the SQL files call the fields so.</summary>
    public static readonly IReadOnlyList<string> Fields =
        ["customer_id", "order_date", "amount", "quantity", "unit_price", "order_id", "channel", "store", "product", "discount", "currency"];

    private static readonly string[] Required = ["customer_id", "order_date"];

    /// <summary>The files' format; by their names if <see cref="FileFormat.Auto"/>.</summary>
    public required FileFormat Format { get; init; }
    /// <summary>Between the fields of delimited text.</summary>
    [StringLength(4, MinimumLength = 1)]
    public required string Delimiter { get; init; }
    /// <summary>Around fields that hold a delimiter or a line break; unset for none.</summary>
    [StringLength(1)]
    public string? Quote { get; init; }
    /// <summary>The text's encoding.</summary>
    [AllowedValues("utf-8", "latin-1", "utf-16")]
    public required string Encoding { get; init; }
    /// <summary>The client's date formats, the first that fits; ISO 8601 (<c>2026-01-31</c>, a time may follow) if empty. See <see cref="DatePattern"/>.</summary>
    public required IReadOnlyList<string> DateFormats { get; init; }
    /// <summary>In CSV and JSON, texts that stand for no value, besides the empty one. Spaces around a value are passed over.</summary>
    public required IReadOnlyList<string> NullValues { get; init; }
    /// <summary>Before the decimals of an amount in text. If it is a comma, points between thousands are passed over; if a point, commas where they cannot stand before decimals (1,000.50 and 1,000,000).</summary>
    [AllowedValues(".", ",")]
    public required string DecimalSeparator { get; init; }
    /// <summary>Our name of a field → the client's name of its column.</summary>
    public required IReadOnlyDictionary<string, string> Columns { get; init; }
    /// <summary>How returns count.</summary>
    public required Returns Returns { get; init; }
    /// <summary>What happens to repeated lines.</summary>
    public required Duplicates Duplicates { get; init; }
    /// <summary>How many rows may be rejected before the run stops: a number, or a share such as <c>1%</c>.</summary>
    public required BadRowLimit MaxBadRows { get; init; }

    /// <summary>The date formats, read.</summary>
    public IReadOnlyList<DatePattern> DatePatterns() => [.. DateFormats.Select(f => DatePattern.Parse(f)!)];

    /// <summary>The files at <paramref name="paths"/>, to be read as these settings say.</summary>
    public SourceFiles FilesAt(IReadOnlyList<string> paths) => new(paths, Format, Delimiter, Quote ?? "", Encoding,
        Fields.Where(Columns.ContainsKey).ToDictionary(field => field, field => Columns[field]));

    internal IEnumerable<(string Path, string Fault)> Check()
    {
        foreach (var unknown in Columns.Keys.Except(Fields))
            yield return ($"columns.{unknown}", $"is no field; there are {string.Join(", ", Fields)}");
        foreach (var needed in Required.Where(f => !Columns.ContainsKey(f)))
            yield return ($"columns.{needed}", "is missing; name the client's column");
        var (amount, quantity, price) = (Columns.ContainsKey("amount"), Columns.ContainsKey("quantity"), Columns.ContainsKey("unit_price"));
        if (!amount && !(quantity && price))
            yield return ("columns.amount", "is missing; name the client's column, or both quantity and unit_price");
        if (System.Text.Encoding.UTF8.GetByteCount(Delimiter) > 4) yield return ("delimiter", $"is '{Delimiter}', which is over 4 bytes long; take a shorter one");
        if (Quote is not null && !Quote.All(char.IsAscii)) yield return ("quote", $"is '{Quote}'; it must be an ASCII character such as \"");
        foreach (var format in DateFormats.Where(f => DatePattern.Parse(f) is null))
            yield return ("dateFormats", $"has '{format}'; it must name year, month and day with yyyy MMM MM M dd d, "
                + $"and time with HH H hh h mm ss a (a with hh or h alone), such as dd/MM/yyyy HH:mm");
    }
}

/// <summary>How a customer-day's returns count.</summary>
public enum Returns
{
    /// <summary>The lines of a customer's day are added up, returns included; a day that comes to zero or less is no purchase day.</summary>
    Net,
    /// <summary>Only lines above zero are looked at.</summary>
    Gross,
}

/// <summary>What happens to a line that stands in the files twice, equal in every column.</summary>
public enum Duplicates
{
    /// <summary>It is kept; the run says how many there are.</summary>
    Keep,
    /// <summary>All but one are rejected.</summary>
    Reject,
}
