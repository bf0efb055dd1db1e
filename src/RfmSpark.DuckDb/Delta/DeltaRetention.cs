using System.Globalization;
using System.Text.RegularExpressions;

namespace RfmSpark.DuckDb.Delta;

/// <summary>How long a table remembers a file that was removed from it: its property <c>delta.deletedFileRetentionDuration</c>, an interval as Spark SQL writes it.</summary>
internal static partial class DeltaRetention
{
    private const string Property = "delta.deletedFileRetentionDuration";

    /// <summary>Delta Lake's own default.</summary>
    private const string Default = "interval 7 days";

    // Months and years have no fixed length; Delta Lake takes none.
    private static readonly Dictionary<string, double> Milliseconds = new(StringComparer.OrdinalIgnoreCase)
    {
        ["week"] = 7 * 86_400_000d,
        ["day"] = 86_400_000,
        ["hour"] = 3_600_000,
        ["minute"] = 60_000,
        ["second"] = 1000,
        ["millisecond"] = 1,
        ["microsecond"] = 0.001,
    };

    /// <summary>When a file must have been removed, or later, to be remembered still, in milliseconds since 1970.</summary>
    internal static double RememberedSince(TableMetadata metadata, DateTimeOffset now) =>
        now.ToUnixTimeMilliseconds() - Length(metadata.Configuration.GetValueOrDefault(Property) ?? Default);

    // An interval that is not understood is endless: a file that is remembered too long costs a line, one that is forgotten too early may be deleted under its readers.
    private static double Length(string interval)
    {
        var match = Interval().Match(interval);
        return match.Success
            ? match.Groups["count"].Captures.Zip(match.Groups["unit"].Captures, (count, unit) => double.Parse(count.Value, CultureInfo.InvariantCulture) * Milliseconds[unit.Value]).Sum()
            : double.PositiveInfinity;
    }

    [GeneratedRegex(@"^\s*(interval\s+)?((?<count>[0-9]+)\s+(?<unit>week|day|hour|minute|second|millisecond|microsecond)s?(\s+|$))+$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Interval();
}
