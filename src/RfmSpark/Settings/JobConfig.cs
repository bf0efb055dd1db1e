using System.ComponentModel.DataAnnotations;
using RfmSpark.Engine;

namespace RfmSpark.Settings;

/// <summary>
/// Every setting of a run, bound once and unchanging. <c>conf/base.json</c> has each with its default; what a setting may be is said here.
/// </summary>
public sealed record JobConfig
{
    /// <summary>The client's files and what counts as an order in them.</summary>
    public required OrdersConfig Orders { get; init; }
    /// <summary>Scores and segments.</summary>
    public required RfmConfig Rfm { get; init; }
    /// <summary>Clusters of customers, and their number.</summary>
    public required ClustersConfig Clusters { get; init; }
    /// <summary>Customer lifetime value.</summary>
    public required ClvConfig Clv { get; init; }
    /// <summary>Cohorts.</summary>
    public required CohortsConfig Cohorts { get; init; }
    /// <summary>Migration between segments.</summary>
    public required MigrationConfig Migration { get; init; }
    /// <summary>What channels cost.</summary>
    public required ChannelsConfig Channels { get; init; }
    /// <summary>Campaigns.</summary>
    public required CampaignsConfig Campaigns { get; init; }
    /// <summary>The page.</summary>
    public required ReportConfig Report { get; init; }
    /// <summary>Resources of the embedded engine.</summary>
    public required EngineConfig Engine { get; init; }

    /// <summary>The faults that only show between settings, each with its path; empty if there are none.</summary>
    public IEnumerable<(string Path, string Fault)> Check()
    {
        foreach (var fault in Orders.Check()) yield return ("orders." + fault.Path, fault.Fault);
        foreach (var fault in Rfm.Check()) yield return ("rfm." + fault.Path, fault.Fault);
        foreach (var fault in Clusters.Check()) yield return ("clusters." + fault.Path, fault.Fault);
        foreach (var fault in Clv.Check()) yield return ("clv." + fault.Path, fault.Fault);
        if (Clv.MarginBy != MarginBy.None && !Orders.Columns.ContainsKey(SettingName.Of(Clv.MarginBy)))
            yield return ("clv.marginBy", $"is {SettingName.Of(Clv.MarginBy)}, but orders.columns.{SettingName.Of(Clv.MarginBy)} names no column of the orders");
        if (Channels.SpendFile is not null && !Orders.Columns.ContainsKey("channel"))
            yield return ("channels.spendFile", $"is {Channels.SpendFile}, but orders.columns.channel names no column of the orders");
    }
}

/// <summary>Resources of the embedded engine; a cluster has its own.</summary>
public sealed record EngineConfig
{
    /// <summary>Such as <c>1GB</c>; unset for 80 % of the machine's memory. What does not fit is spilled to disk.</summary>
    [RegularExpression("(?i)[0-9]+([.][0-9]+)?(KB|MB|GB|TB|KiB|MiB|GiB|TiB)", ErrorMessage = "it must be a size such as 800MB or 4GB")]
    public string? MemoryLimit { get; init; }
    /// <summary>Unset for one a core.</summary>
    [Range(1, 1024)]
    public int? Threads { get; init; }
    /// <summary>Where spilled data goes; unset for the system's temporary folder.</summary>
    public string? TempDirectory { get; init; }
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
    /// <summary>Before the decimals of an amount in text. If it is a comma, points between thousands are passed over.</summary>
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
        foreach (var format in DateFormats.Where(f => DatePattern.Parse(f) is null))
            yield return ("dateFormats", $"has '{format}'; it must name year, month and day with yyyy MMM MM M dd d, and time with HH H hh h mm ss a (a with hh or h alone), such as dd/MM/yyyy HH:mm");
    }
}

/// <summary>What frequency counts.</summary>
public enum FrequencyOf
{
    /// <summary>Distinct orders; each line is one where the files have no order id.</summary>
    Orders,
    /// <summary>Distinct days with a purchase.</summary>
    Days,
}

/// <summary>Where the edges between bins lie.</summary>
public enum BinEdges
{
    /// <summary>At the quantiles q, and a value on an edge belongs to the bin below: (p, q], as pandas' <c>qcut</c> has it.</summary>
    Quantile,
    /// <summary>One above the quantiles, and a value on an edge belongs to the bin above: [p + 1, q + 1), as the R package <c>rfm</c> has it.</summary>
    QuantilePlusOne,
}

/// <summary>Scores and segments.</summary>
public sealed record RfmConfig
{
    /// <summary>What frequency counts.</summary>
    public required FrequencyOf Frequency { get; init; }
    /// <summary>Scores run from 1 to this number, the best.</summary>
    [Range(2, 10)]
    public required int Bins { get; init; }
    /// <summary>Where the edges between bins lie, if they are cut by quantiles.</summary>
    public required BinEdges Edges { get; init; }
    /// <summary>Upper bounds in days for each recency score from the best down, one fewer than there are bins; quantiles if empty.</summary>
    public required IReadOnlyList<decimal> RecencyThresholds { get; init; }
    /// <summary>Upper bounds in orders for each frequency score from the lowest up; quantiles if empty.</summary>
    public required IReadOnlyList<decimal> FrequencyThresholds { get; init; }
    /// <summary>Upper bounds in money for each monetary score from the lowest up; quantiles if empty.</summary>
    public required IReadOnlyList<decimal> MonetaryThresholds { get; init; }
    /// <summary>What each score counts for in <c>rfm_score</c>.</summary>
    public required WeightsConfig Weights { get; init; }
    /// <summary>The legend, one of those in the segments file.</summary>
    public required string Legend { get; init; }
    /// <summary>The file of legends; beside base.json if its path is relative.</summary>
    public required string SegmentsFile { get; init; }

    internal IEnumerable<(string Path, string Fault)> Check()
    {
        (string Path, IReadOnlyList<decimal> Values)[] all =
            [("recencyThresholds", RecencyThresholds), ("frequencyThresholds", FrequencyThresholds), ("monetaryThresholds", MonetaryThresholds)];
        foreach (var (path, values) in all.Where(t => t.Values.Count > 0))
        {
            if (values.Count != Bins - 1)
                yield return (path, $"has {values.Count} values; {Bins} bins need {Bins - 1}");
            if (values.Zip(values.Skip(1)).Any(pair => pair.First >= pair.Second))
                yield return (path, $"is {string.Join(", ", values)}; it must rise");
        }
    }
}

/// <summary>What each score counts for in <c>rfm_score</c>.</summary>
public sealed record WeightsConfig
{
    /// <summary>Of the recency score.</summary>
    [Range(typeof(decimal), "0", "100")]
    public required decimal Recency { get; init; }
    /// <summary>Of the frequency score.</summary>
    [Range(typeof(decimal), "0", "100")]
    public required decimal Frequency { get; init; }
    /// <summary>Of the monetary score.</summary>
    [Range(typeof(decimal), "0", "100")]
    public required decimal Monetary { get; init; }
}
