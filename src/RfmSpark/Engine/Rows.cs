namespace RfmSpark.Engine;

/// <summary>One row of a result, read by the position of the column. Asking for a NULL as a value type is an error; ask <see cref="IsNull"/> first.</summary>
public interface IRow
{
    /// <summary>Whether the value is NULL.</summary>
    bool IsNull(int column);
    /// <summary>Text, or null.</summary>
    string? Text(int column);
    /// <summary>An integer of any width.</summary>
    long Long(int column);
    /// <summary>A double.</summary>
    double Double(int column);
    /// <summary>A decimal, or an integer.</summary>
    decimal Decimal(int column);
    /// <summary>A day.</summary>
    DateOnly Date(int column);
    /// <summary>The value as an object of the closest .NET type (string, bool, int, long, double, decimal, DateOnly, DateTime), or null.</summary>
    object? Value(int column);
}

/// <summary>Takes the values of one row, in the order of the table's columns.</summary>
public interface IRowWriter
{
    /// <summary>Text, or NULL.</summary>
    void Text(string? value);
    /// <summary>An integer; the column may be narrower if the value fits.</summary>
    void Long(long value);
    /// <summary>A double.</summary>
    void Double(double value);
    /// <summary>A decimal; rounded to the column's scale, half away from zero.</summary>
    void Decimal(decimal value);
    /// <summary>A day.</summary>
    void Date(DateOnly value);
    /// <summary>NULL.</summary>
    void Null();
}
