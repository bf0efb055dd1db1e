using System.Globalization;
using RfmSpark.Engine;
using RfmSpark.Intake;
using RfmSpark.Settings;

namespace RfmSpark.Channels;

/// <summary>What was spent on one channel in one month.</summary>
/// <param name="Channel">The channel; the case of its letters does not matter.</param>
/// <param name="Month">First day of the month.</param>
/// <param name="Money">Money, 0 or more.</param>
public sealed record MonthlySpend(string Channel, DateOnly Month, decimal Money);

/// <summary>What was spent on each channel in each month.</summary>
/// <param name="Months">Once for each channel and month.</param>
public sealed record ChannelSpend(IReadOnlyList<MonthlySpend> Months)
{
    private const string Records = "channel_spend", Subject = "channels.spendFile";
    private const int MostRecords = 100_000;
    private static readonly string[] Fields = ["channel", "month", "spend"];

    /// <summary>The channels, as the file writes them.</summary>
    public IReadOnlyList<string> Channels { get; } = [.. Months.Select(m => m.Channel).Distinct(StringComparer.OrdinalIgnoreCase).Order(StringComparer.Ordinal)];

    /// <summary>The months of one channel.</summary>
    public IEnumerable<MonthlySpend> Of(string channel) => Months.Where(m => string.Equals(m.Channel, channel, StringComparison.OrdinalIgnoreCase));

    /// <summary>Reads the file, as <paramref name="config"/> says of delimiters, encoding and numbers.</summary>
    /// <exception cref="DataFault">It is missing, lacks a column, or has a record that cannot be read: spend that is passed over would flatter its channel.</exception>
    public static ChannelSpend Read(IEngine engine, string path, OrdersConfig config)
    {
        var files = new SourceFiles([path], FileFormat.Auto, config.Delimiter, config.Quote ?? "", config.Encoding, Fields.ToDictionary(f => f, f => f))
        {
            Subject = Subject,
            NamedBy = Subject,
            SettingOf = _ => "needed",
            FormatRemedy = "Give it a name that ends in .csv, .parquet or .jsonl",
            ColumnRemedy = $"Name its columns {string.Join(", ", Fields)}",
        };
        var fields = new OrderFields(engine.Load(Records, files), config);
        var records = engine.Read(Sql.Inline($"SELECT {{{{channel}}}} AS channel, {{{{month}}}} AS month, {{{{spend}}}} AS spend, content "
                + $"FROM {Records} ORDER BY content NULLS FIRST LIMIT {MostRecords + 1}")
            .With("channel", new SqlExpression(d => fields.Id(d, "channel")))
            .With("month", new SqlExpression(d => fields.Id(d, "month")))
            .With("spend", new SqlExpression(d => fields.Decimal(d, "spend"))),
            row => (Channel: row.Text(0)?.Trim(), Month: MonthOf(row.Text(1)), Spend: row.IsNull(2) ? (decimal?)null : row.Decimal(2), Content: row.Text(3)));
        if (records.Count > MostRecords)
            throw new DataFault(string.Create(CultureInfo.InvariantCulture,
                $"{Subject}: {path} has more than {MostRecords:N0} records. Is it a file of spend by channel and month?"));
        var bad = records.Where(r => string.IsNullOrEmpty(r.Channel) || r.Month is null || r.Spend is null or < 0).ToList();
        if (bad.Count > 0)
        {
            throw new DataFault(string.Create(CultureInfo.InvariantCulture,
                    $"{Subject}: {bad.Count:N0} of {records.Count:N0} records of {path} are without a channel, a month such as 2026-01, or a spend of 0 or more:")
                + string.Concat(bad.Take(3).Select(r => $"{Environment.NewLine}    {r.Content}")) + $"{Environment.NewLine}Mend the file: spend that is passed over would flatter its channel.");
        }
        return new ChannelSpend([.. records.GroupBy(r => (r.Channel!.ToUpperInvariant(), r.Month!.Value)).Select(g => new MonthlySpend(g.First().Channel!, g.Key.Value, g.Sum(r => r.Spend!.Value)))]);
    }

    private static DateOnly? MonthOf(string? text) =>
        text is { Length: >= 7 }
            && DateOnly.TryParseExact(text[..7], "yyyy-MM", CultureInfo.InvariantCulture, DateTimeStyles.None, out var month)
            && (text.Length == 7 || text[7] == '-')
        ? month
        : null;
}
