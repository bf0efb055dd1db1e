using System.Text;
using RfmSpark.Engine;

namespace RfmSpark.Spark;

/// <summary>SQL as Apache Spark writes it, from 3.5 on.</summary>
public sealed class SparkDialect : Dialect
{
    /// <inheritdoc/>
    public override string Name => "spark";

    /// <inheritdoc/>
    protected override IReadOnlyDictionary<string, string> Functions { get; } = new Dictionary<string, string>
    {
        ["days_between"] = "CAST(datediff($2, $1) AS BIGINT)",
        ["matches"] = "($1 RLIKE concat('\\\\A(?:', $2, ')\\\\z'))",
        ["parse_day"] = "CAST(try_to_timestamp($1, $2) AS DATE)",
        ["product"] = "($1 * $2)",
        ["money"] = "CAST($1 AS DECIMAL(18,2))",
        ["money_of"] = "CAST(CAST(floor($1 * 100 + 0.5) AS BIGINT) * CAST(0.01 AS DECIMAL(3,2)) AS DECIMAL(18,2))",
        ["money_per"] = "CAST($1 / $2 AS DECIMAL(18,2))",
        ["hash24"] = "CAST(conv(left(md5($1), 6), 16, 10) AS INT)",
        ["bit"] = "SHIFTLEFT(CAST(1 AS BIGINT), $1)",
        // SUM would begin again from below where 64 bits are full.
        ["whole_sum"] = "try_sum($1)",
        ["median"] = "percentile($1, CAST(0.5 AS DOUBLE))",
    };

    /// <inheritdoc/>
    public override string TypeName(ColumnType type) => type.Kind switch
    {
        ColumnKind.Text => "STRING",
        ColumnKind.Boolean => "BOOLEAN",
        ColumnKind.Int => "INT",
        ColumnKind.Long => "BIGINT",
        ColumnKind.Double => "DOUBLE",
        ColumnKind.Date => "DATE",
        ColumnKind.Timestamp => "TIMESTAMP",
        ColumnKind.Decimal => $"DECIMAL({type.Precision},{type.Scale})",
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, null),
    };

    /// <inheritdoc/>
    public override string Quote(string text) =>
        $"'{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("'", "\\'", StringComparison.Ordinal)}'";

    /// <inheritdoc/>
    public override string Identifier(string name) => $"`{name.Replace("`", "``", StringComparison.Ordinal)}`";

    /// <inheritdoc/>
    public override string DatePattern(DatePattern pattern)
    {
        // What stands for itself is quoted, a run of it in one piece: two quotes side by side would mean one.
        var text = new StringBuilder();
        var quoted = false;
        foreach (var part in pattern.Parts)
        {
            var literal = !Engine.DatePattern.IsField(part);
            if (literal != quoted) text.Append('\'');
            text.Append(part);
            quoted = literal;
        }
        if (quoted) text.Append('\'');
        return Quote(text.ToString());
    }
}
