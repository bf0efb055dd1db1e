namespace RfmSpark.Engine;

/// <summary>A column of a <see cref="Table"/>.</summary>
/// <param name="Name">lower_snake_case, the same in the engine, in Parquet and in the contract.</param>
/// <param name="Type">The type, the same on every engine.</param>
/// <param name="Meaning">What it says, with its unit.</param>
public sealed record Column(string Name, ColumnType Type, string Meaning);

/// <summary>A table that a run makes: its name, its grain, and its columns in order.</summary>
/// <param name="Name">The name the engine keeps it under; for a published table also its folder.</param>
/// <param name="Grain">What one row stands for, in words.</param>
/// <param name="PartitionedBy">The columns that a published table is partitioned by; none for a table of the run itself.</param>
/// <param name="Columns">The columns, in order.</param>
public sealed record Table(string Name, string Grain, IReadOnlyList<string> PartitionedBy, IReadOnlyList<Column> Columns)
{
    /// <summary>
    /// The columns by which rows that are kept on a cluster lie sorted, in each part of them, so that groups and joins by these find their rows side by side. One machine
    /// has no use for it.
    /// </summary>
    public IReadOnlyList<string> SortedBy { get; init; } = [];

    /// <summary>The column of that name.</summary>
    public Column this[string column] => Columns.FirstOrDefault(c => c.Name == column)
        ?? throw new ArgumentException($"Table '{Name}' has no column '{column}'.", nameof(column));

    /// <summary>Whether there is a column of that name.</summary>
    public bool Has(string column) => Columns.Any(c => c.Name == column);
}
