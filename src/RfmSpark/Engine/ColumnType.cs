using System.Globalization;

namespace RfmSpark.Engine;

/// <summary>The kinds of value that a table may hold: the ones that both engines, Parquet and Delta store alike.</summary>
public enum ColumnKind
{
    /// <summary>Unicode text.</summary>
    Text,
    /// <summary>True or false.</summary>
    Boolean,
    /// <summary>32-bit signed integer.</summary>
    Int,
    /// <summary>64-bit signed integer.</summary>
    Long,
    /// <summary>64-bit IEEE number.</summary>
    Double,
    /// <summary>Exact decimal number.</summary>
    Decimal,
    /// <summary>Calendar day.</summary>
    Date,
    /// <summary>Instant in UTC, to the microsecond.</summary>
    Timestamp,
}

/// <summary>A column's type. <paramref name="Precision"/> and <paramref name="Scale"/> are those of a decimal, else 0.</summary>
public readonly record struct ColumnType(ColumnKind Kind, int Precision = 0, int Scale = 0)
{
    /// <summary>Unicode text.</summary>
    public static readonly ColumnType Text = new(ColumnKind.Text);
    /// <summary>True or false.</summary>
    public static readonly ColumnType Boolean = new(ColumnKind.Boolean);
    /// <summary>32-bit signed integer.</summary>
    public static readonly ColumnType Int = new(ColumnKind.Int);
    /// <summary>64-bit signed integer.</summary>
    public static readonly ColumnType Long = new(ColumnKind.Long);
    /// <summary>64-bit IEEE number.</summary>
    public static readonly ColumnType Double = new(ColumnKind.Double);
    /// <summary>Calendar day.</summary>
    public static readonly ColumnType Date = new(ColumnKind.Date);
    /// <summary>Instant in UTC.</summary>
    public static readonly ColumnType Timestamp = new(ColumnKind.Timestamp);
    /// <summary>An amount in a published table: DECIMAL(18,2), in the currency of the orders.</summary>
    public static readonly ColumnType Money = Decimal(18, 2);

    /// <summary>An exact decimal number of <paramref name="precision"/> digits, <paramref name="scale"/> of them after the point.</summary>
    public static ColumnType Decimal(int precision, int scale) => new(ColumnKind.Decimal, precision, scale);

    /// <summary>The type as people write it: <c>text</c>, <c>decimal(18,2)</c>.</summary>
    public override string ToString() => Kind == ColumnKind.Decimal
        ? string.Create(CultureInfo.InvariantCulture, $"decimal({Precision},{Scale})")
        : Kind.ToString().ToLowerInvariant();
}
