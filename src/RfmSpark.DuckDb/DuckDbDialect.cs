using RfmSpark.Engine;

namespace RfmSpark.DuckDb;

/// <summary>SQL as DuckDB writes it.</summary>
public sealed class DuckDbDialect : Dialect
{
    /// <inheritdoc/>
    public override string Name => "duckdb";

    /// <inheritdoc/>
    protected override IReadOnlyDictionary<string, string> Functions { get; } = new Dictionary<string, string>
    {
        ["days_between"] = "date_diff('day', $1, $2)",
        ["matches"] = "regexp_full_match($1, $2)",
        ["parse_day"] = "CAST(try_strptime($1, $2) AS DATE)",
        // Two decimals of 64 bits are multiplied in 64 bits, and overflow at a million times a million.
        ["product"] = "(CAST($1 AS DECIMAL(19,6)) * CAST($2 AS DECIMAL(19,6)))",
        // Rounding a 128-bit decimal takes half a microsecond; nearly every sum fits into 64 bits, where it takes none.
        ["money"] = "CASE WHEN abs($1) < 999999999999 THEN CAST(CAST($1 AS DECIMAL(18,6)) AS DECIMAL(18,2)) ELSE CAST($1 AS DECIMAL(18,2)) END",
        ["money_of"] = "CAST(CAST(floor($1 * 100 + 0.5) AS BIGINT) * CAST(0.01 AS DECIMAL(3,2)) AS DECIMAL(18,2))",
        // DuckDB divides decimals as doubles; whole cents in integers are exact.
        ["money_per"] = "CAST(sign($1) * ((2 * abs(CAST($1 * 100 AS BIGINT)) + ($2)) // (2 * ($2))) * CAST(0.01 AS DECIMAL(3,2)) AS DECIMAL(18,2))",
        ["hash24"] = "CAST('0x' || left(md5($1), 6) AS INTEGER)",
        ["bit"] = "(CAST(1 AS BIGINT) << ($1))",
        ["whole_sum"] = "CAST(SUM($1) AS BIGINT)",
        ["median"] = "median($1)",
    };

    /// <inheritdoc/>
    public override string TypeName(ColumnType type) => type.Kind switch
    {
        ColumnKind.Text => "VARCHAR",
        ColumnKind.Boolean => "BOOLEAN",
        ColumnKind.Int => "INTEGER",
        ColumnKind.Long => "BIGINT",
        ColumnKind.Double => "DOUBLE",
        ColumnKind.Date => "DATE",
        ColumnKind.Timestamp => "TIMESTAMPTZ",
        ColumnKind.Decimal => $"DECIMAL({type.Precision},{type.Scale})",
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, null),
    };

    /// <inheritdoc/>
    public override string Quote(string text) => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";

    /// <inheritdoc/>
    public override string Identifier(string name) => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    /// <inheritdoc/>
    public override string DatePattern(DatePattern pattern) => Quote(string.Concat(pattern.Parts.Select(part => part switch
    {
        "yyyy" => "%Y",
        "MMM" => "%b",
        "MM" or "M" => "%m",
        "dd" or "d" => "%d",
        "HH" or "H" => "%H",
        "hh" or "h" => "%I",
        "mm" => "%M",
        "ss" => "%S",
        "a" => "%p",
        _ => part,
    })));
}
