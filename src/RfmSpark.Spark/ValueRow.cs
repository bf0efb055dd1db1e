using System.Globalization;
using RfmSpark.Engine;

namespace RfmSpark.Spark;

/// <summary>A row whose values are here already.</summary>
internal sealed class ValueRow(object?[] values) : IRow
{
    public bool IsNull(int column) => values[column] is null;
    public string? Text(int column) => (string?)values[column];
    public long Long(int column) => Convert.ToInt64(Present(column), CultureInfo.InvariantCulture);
    public double Double(int column) => (double)Present(column);
    public decimal Decimal(int column) => Convert.ToDecimal(Present(column), CultureInfo.InvariantCulture);
    public DateOnly Date(int column) => (DateOnly)Present(column);
    public object? Value(int column) => values[column];

    private object Present(int column) => values[column] ?? throw new InvalidOperationException($"Column {column} is NULL in this row.");
}
