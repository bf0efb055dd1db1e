using RfmSpark.Engine;
using RfmSpark.Settings;

namespace RfmSpark.Intake;

/// <summary>
/// How each field of a line is read, given the type in which the client's column arrives. Text is trimmed, matched whole against a pattern that both
/// engines read alike, and only then converted; what does not fit is NULL, never an error.
/// </summary>
internal sealed class OrderFields(LoadedFiles loaded, OrdersConfig config)
{
    private const string Number = "[+-]?([0-9]+([.][0-9]*)?|[.][0-9]+)([eE][+-]?[0-9]{1,2})?";
    // Commas that cannot be before decimals: of 1,234 nobody knows which it is.
    private const string NumberWithCommas = "[+-]?[0-9]{1,3}((,[0-9]{3})+[.][0-9]+|,[0-9]{3}(,[0-9]{3})+)";
    private const string GroupedNumber = "[+-]?([0-9]+|[0-9]{1,3}([.][0-9]{3})+)(,[0-9]*)?";
    private const string IsoDay = "[0-9]{4}-[0-9]{2}-[0-9]{2}([ T][0-9A-Za-z:.,+ -]*)?";
    private static readonly ColumnType LineAmount = ColumnType.Decimal(18, 6);
    private readonly IReadOnlyDictionary<string, ColumnType> _types = loaded.Columns;

    /// <summary>Whether lines say through which channel or in which store they came.</summary>
    internal bool HavePlaces => _types.ContainsKey("channel") || _types.ContainsKey("store");

    /// <summary>Whether lines say what was taken off the price.</summary>
    internal bool HaveDiscounts => _types.ContainsKey("discount");

    /// <summary>Whether lines say what was bought at which price, or what was taken off it.</summary>
    internal bool HavePrices => (_types.ContainsKey("product") && _types.ContainsKey("quantity")) || HaveDiscounts;

    /// <summary>The order lines of <c>order_records</c>.</summary>
    internal Sql Lines() => Sql.Of("order_lines")
        .With("customer_id", new SqlExpression(d => Id(d, "customer_id")))
        .With("order_id", new SqlExpression(d => IdOrNull(d, "order_id")))
        .With("channel", new SqlExpression(d => IdOrNull(d, "channel")))
        .With("store", new SqlExpression(d => IdOrNull(d, "store")))
        .With("product", new SqlExpression(d => IdOrNull(d, "product")))
        .With("quantity", new SqlExpression(d => DecimalOrNull(d, "quantity")))
        .With("discount", new SqlExpression(d => HaveDiscounts ? $"ABS({Decimal(d, "discount")})" : DecimalOrNull(d, "discount")))
        .With("order_date", new SqlExpression(Day))
        .With("amount", new SqlExpression(Amount))
        .With("amount_absent", new SqlExpression(Absent));

    /// <summary>A text of the line that names something.</summary>
    // In Parquet and Delta an id is taken as it stands, which also lets the engine work on its dictionary. A number that only became a
    // double because other rows lack it (pandas writes 17850.0) is the integer it was.
    internal string Id(Dialect dialect, string field) => _types[field].Kind switch
    {
        ColumnKind.Text => loaded.Typed ? field : ValueOf(dialect, field),
        ColumnKind.Double =>
            $"CASE WHEN ABS({field}) < 1e15 THEN CASE WHEN {field} = FLOOR({field}) THEN CAST(CAST({field} AS BIGINT) AS {dialect.TypeName(ColumnType.Text)}) "
                + $"ELSE CAST(CAST({field} AS DECIMAL(38,10)) AS {dialect.TypeName(ColumnType.Text)}) END END",
        _ => $"CAST({field} AS {dialect.TypeName(ColumnType.Text)})",
    };

    /// <summary>The same, of which there may be none: NULL also if it has no letter, in whichever format it comes.</summary>
    internal string IdOrNull(Dialect dialect, string field) => !_types.TryGetValue(field, out var type) ? $"CAST(NULL AS {dialect.TypeName(ColumnType.Text)})"
        : loaded.Typed && type.Kind == ColumnKind.Text ? $"CASE WHEN {field} < '!' AND TRIM(BOTH ' ' FROM {field}) = '' THEN NULL ELSE {field} END" : Id(dialect, field);

    private string DecimalOrNull(Dialect dialect, string field) => _types.ContainsKey(field) ? Decimal(dialect, field) : $"CAST(NULL AS {dialect.TypeName(LineAmount)})";

    private string Day(Dialect dialect)
    {
        const string field = "order_date";
        if (_types[field].Kind is ColumnKind.Date or ColumnKind.Timestamp) return $"CAST({field} AS DATE)";
        var text = TextOf(dialect, field);
        if (config.DatePatterns().Count == 0)
            return $"CASE WHEN {dialect.Call("matches", [text, dialect.Quote(IsoDay)])} THEN TRY_CAST(SUBSTR({text}, 1, 10) AS DATE) END";
        var formats = config.DatePatterns().Select(p =>
            $"CASE WHEN {dialect.Call("matches", [text, dialect.Quote(p.Regex)])} THEN {dialect.Call("parse_day", [text, dialect.Literal(p)])} END");
        return $"COALESCE({string.Join(", ", formats)})";
    }

    private string Amount(Dialect dialect) => _types.ContainsKey("amount")
        ? Decimal(dialect, "amount")
        : $"TRY_CAST({dialect.Call("product", [Decimal(dialect, "quantity"), Decimal(dialect, "unit_price")])} AS {dialect.TypeName(LineAmount)})";

    private string Absent(Dialect dialect)
    {
        var fields = _types.ContainsKey("amount") ? ["amount"] : new[] { "quantity", "unit_price" };
        return $"({string.Join(" OR ", fields.Select(f => _types[f].Kind == ColumnKind.Text ? $"{ValueOf(dialect, f)} IS NULL" : $"{f} IS NULL"))})";
    }

    /// <summary>A number of the line, six digits after the point kept.</summary>
    internal string Decimal(Dialect dialect, string field)
    {
        var type = dialect.TypeName(LineAmount);
        if (_types[field].Kind != ColumnKind.Text) return _types[field].Kind == ColumnKind.Double ? $"TRY_CAST(CAST({field} AS DOUBLE) AS {type})" : $"TRY_CAST({field} AS {type})";
        var text = TextOf(dialect, field);
        // With an exponent it goes by a double: not every engine reads such a decimal rightly, and 5e-17 is what a sum that came to nothing looks like.
        return config.DecimalSeparator == "."
            ? $"CASE WHEN {dialect.Call("matches", [text, dialect.Quote(Number)])} "
                + $"THEN CASE WHEN {text} LIKE '%e%' OR {text} LIKE '%E%' THEN TRY_CAST(TRY_CAST({text} AS DOUBLE) AS {type}) ELSE TRY_CAST({text} AS {type}) END "
                + $"WHEN {dialect.Call("matches", [text, dialect.Quote(NumberWithCommas)])} THEN TRY_CAST(REPLACE({text}, ',', '') AS {type}) END"
            : $"CASE WHEN {dialect.Call("matches", [text, dialect.Quote(GroupedNumber)])} THEN TRY_CAST(REPLACE(REPLACE({text}, '.', ''), ',', '.') AS {type}) END";
    }

    // The trimmed text, or NULL if it says that there is no value.
    private string ValueOf(Dialect dialect, string field)
    {
        var text = TextOf(dialect, field);
        return $"CASE WHEN {text} NOT IN ({string.Join(", ", config.NullValues.Append("").Select(dialect.Quote))}) THEN {text} END";
    }

    private string TextOf(Dialect dialect, string field) =>
        _types[field].Kind == ColumnKind.Text ? $"TRIM(BOTH ' ' FROM {field})" : $"TRIM(BOTH ' ' FROM CAST({field} AS {dialect.TypeName(ColumnType.Text)}))";
}
