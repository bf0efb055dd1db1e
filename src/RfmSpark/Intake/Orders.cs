using System.Globalization;
using RfmSpark.Engine;
using RfmSpark.Settings;

namespace RfmSpark.Intake;

/// <summary>The client's orders, read once: what each customer ordered on each day, and what could not be read.</summary>
public static class Orders
{
    private const string Records = "order_records";
    private const string ExactDuplicate = "exact_duplicate";

    /// <summary>Reads the files and makes <c>customer_days</c> and <c>rejected_samples</c>.</summary>
    /// <exception cref="DataFault">The files are missing or wrong, or more rows are bad than <c>orders.maxBadRows</c> allows.</exception>
    public static OrdersRead Load(IEngine engine, OrdersConfig config, IReadOnlyList<string> paths)
    {
        var loaded = engine.Load(Records, config.FilesAt(paths));
        var fields = new OrderFields(loaded, config);
        var currency = loaded.Columns.ContainsKey("currency") ? OneCurrency(engine, fields) : null;
        engine.Define(WorkTables.OrderLines, fields.Lines());
        if (config.Duplicates == Duplicates.Reject)
        {
            engine.Create(WorkTables.OrderLinesOnce, Sql.Of("order_lines_once"));
            engine.Define(WorkTables.OrderLines, Sql.Inline(
                "SELECT customer_id, order_date, order_id, channel, store, product, quantity, discount, amount, reason, source, content, fingerprint "
                    + "FROM order_lines_once"));
        }

        var counts = engine.Read(Sql.Of("row_counts"), row => (Reason: row.Text(0), Lines: row.Long(1)));
        var rejected = counts.Where(c => c.Reason is not null).OrderBy(c => c.Reason, StringComparer.Ordinal).ToDictionary(c => c.Reason!, c => c.Lines);
        var rows = counts.Sum(c => c.Lines);
        if (rows == 0) throw new DataFault($"orders: {string.Join(", ", paths)} holds a header and no rows. Was its delivery cut off?");
        if (rejected.Count > 0) engine.Create(WorkTables.RejectedSamples, Sql.Of("rejected_samples"));
        else engine.Put(WorkTables.RejectedSamples, Array.Empty<string>(), (_, _) => { });
        CheckBadRows(engine, config, rows, rejected, paths);

        var gross = config.Returns == Returns.Gross;
        // Fields of text are taken apart once, not by each table that is made of the lines; columns with a type are read again faster than they are kept.
        if (loaded.Typed) engine.Define(WorkTables.CustomerLines, Sql.Of("customer_lines"), keepOnCluster: true);
        else engine.Create(WorkTables.CustomerLines, Sql.Of("customer_lines"));
        engine.Create(WorkTables.DaySums, Sql.Of("day_sums").With("gross", gross));
        engine.Create(WorkTables.BusyDays, Sql.Of("busy_days").With("gross", gross));
        if (fields.HavePlaces) engine.Create(WorkTables.PlaceDays, Sql.Of("place_days").With("gross", gross));
        if (fields.HavePrices) engine.Create(WorkTables.ProductLines, Sql.Of("product_lines").With("have_discounts", fields.HaveDiscounts));
        foreach (var table in new[] { WorkTables.CustomerLines, WorkTables.OrderLines, WorkTables.OrderLinesOnce }) engine.Drop(table);
        engine.Define(WorkTables.CustomerDays, Sql.Of("customer_days"), keepOnCluster: true);

        var days = engine.Read(Sql.Of("day_totals"), row => (Day: row.Date(0), Total: new DayTotal(row.Long(1), row.Long(2), row.Long(4)), TooLarge: row.Long(3)));
        if (days.Count == 0)
            throw new DataFault($"orders: none of the {rows.ToString("N0", CultureInfo.InvariantCulture)} rows of {string.Join(", ", paths)} is an order line. {Reasons(engine, rejected)}");
        if (days.Sum(d => d.Total.Lines) is var lines && lines != rows - rejected.Values.Sum())
            throw new DataFault(string.Create(CultureInfo.InvariantCulture,
                $"orders: {string.Join(", ", paths)} changed while it was read: {rows - rejected.Values.Sum():N0} order lines were counted first, and {lines:N0} then. "
                    + $"Nothing was published; run again when its delivery is complete."));
        if (days.Sum(d => d.TooLarge) is > 0 and var tooLarge) throw new DataFault(TooLarge(engine, tooLarge));
        return new OrdersRead(rows, rejected, days.ToDictionary(d => d.Day, d => d.Total), currency);
    }

    /// <summary>Makes <c>orders_rejected</c>: the reasons of the files, and the lines after <paramref name="asOf"/>, which are only counted.</summary>
    public static void MakeRejected(IEngine engine, OrdersRead orders, DateOnly asOf)
    {
        var linesAfter = orders.LinesAfter(asOf);
        var counts = linesAfter == 0 ? orders.Rejected : orders.Rejected.Append(KeyValuePair.Create(OrdersRead.AfterAsOf, linesAfter));
        engine.Put(WorkTables.RejectedCounts, counts, (count, row) =>
        {
            row.Text(count.Key);
            row.Long(count.Value);
        });
        engine.Define(Tables.OrdersRejected, Sql.Of("orders_rejected").With("as_of", asOf));
    }

    private static string? OneCurrency(IEngine engine, OrderFields fields)
    {
        var currencies = engine.Read(Sql.Of("currencies").With("currency", new SqlExpression(d => fields.IdOrNull(d, "currency"))),
            row => (Name: row.Text(0)!, Lines: row.Long(1)));
        if (currencies.Count <= 1) return currencies.Select(c => c.Name).SingleOrDefault();
        var samples = currencies.Take(3).Select(c => string.Create(CultureInfo.InvariantCulture, $"{c.Name}: {c.Lines:N0} lines"));
        throw new DataFault($"orders: the lines are in {currencies.Count} currencies ({string.Join(", ", samples)}), and sums over them mean nothing. Convert them first, or run each by itself.");
    }

    private static void CheckBadRows(IEngine engine, OrdersConfig config, long rows, Dictionary<string, long> rejected, IReadOnlyList<string> paths)
    {
        var bad = rejected.Where(r => r.Key != ExactDuplicate).Sum(r => r.Value);
        if (bad <= config.MaxBadRows.Of(rows)) return;
        throw new DataFault(string.Create(CultureInfo.InvariantCulture,
            $"orders: {bad:N0} of {rows:N0} rows of {string.Join(", ", paths)} cannot be used; allowed is orders.maxBadRows = {config.MaxBadRows}. Nothing was published. "
                + $"{Reasons(engine, rejected)}{Environment.NewLine}Mend the files or the mapping of their columns{Remedies(rejected.Keys)}, or raise orders.maxBadRows."));
    }

    private static string Remedies(IEnumerable<string> reasons) => string.Concat(reasons.Select(reason => reason switch
    {
        "unreadable_date" => ", say how days are written (orders.dateFormats, such as dd/MM/yyyy)",
        "unreadable_amount" => ", say what stands before the decimals (orders.decimalSeparator; signs of a currency are not read, nor a comma of which it is not clear whether decimals follow, as in 1,000)",
        _ => "",
    }));

    private static string TooLarge(IEngine engine, long days)
    {
        var samples = engine.Read(Sql.Inline("SELECT customer_id, order_date FROM day_sums WHERE net IS NULL ORDER BY customer_id NULLS FIRST, order_date NULLS FIRST LIMIT 3"),
            row => string.Create(CultureInfo.InvariantCulture, $"{row.Text(0)} on {row.Date(1):yyyy-MM-dd}"));
        return string.Create(CultureInfo.InvariantCulture,
            $"orders: the lines of {days:N0} customer days come to 1,000,000,000,000 or more ({string.Join(", ", samples)}). "
                + $"Look at these amounts; if the currency is that small, send them in thousands.");
    }

    private static string Reasons(IEngine engine, Dictionary<string, long> rejected)
    {
        var samples = engine.Read(Sql.Inline("SELECT reason, source, content FROM rejected_samples WHERE sample <= 3 ORDER BY reason NULLS FIRST, sample NULLS FIRST"),
            row => (Reason: row.Text(0)!, Text: $"{Path.GetFileName(row.Text(1))}: {Shortened(row.Text(2) ?? "")}")).ToLookup(s => s.Reason, s => s.Text);
        return string.Concat(rejected.Select(r => string.Create(CultureInfo.InvariantCulture, $"{Environment.NewLine}  {r.Key}: {r.Value:N0}")
            + string.Concat(samples[r.Key].Select(s => $"{Environment.NewLine}    {s}"))));
    }

    private static string Shortened(string content) => content.Length <= 300 ? content : content[..300] + "…";
}
