using RfmSpark.Engine;

namespace RfmSpark.DuckDb;

/// <summary>
/// Looks at the columns of several Parquet files before they are united by name: a file without a mapped column would bring rows without a value, and where an id is text in one file and a number
/// with a point in the next (17850 and 17850.0), one customer would become two.
/// </summary>
internal sealed class ParquetColumns(QueryRunner runner, Dialect dialect)
{
    private enum Kind
    {
        Text,
        WithPoint,
        Other,
    }

    private static readonly string[] Ids = ["customer_id", "order_id", "channel", "store", "product"];

    /// <summary>Checks that every file has the columns that are mapped, with ids that can be united; <paramref name="name"/> is what faults call them.</summary>
    /// <exception cref="DataFault">A column is missing, or ids are of two kinds.</exception>
    internal void Check(string name, SourceFiles files, IReadOnlyList<string> paths)
    {
        List<(string Field, IdColumn Column)> ids = [];
        foreach (var file in Columns(name, paths).GroupBy(c => c.File))
        {
            var mapped = files.MapTo([.. file.Select(c => c.Name)], file.Key);
            ids.AddRange(mapped.Where(m => Ids.Contains(m.Key)).Select(m => (m.Key, file.First(c => c.Name == m.Value))));
        }
        foreach (var field in ids.GroupBy(id => id.Field, id => id.Column))
        {
            var (texts, numbers) = (field.Where(c => c.Kind == Kind.Text).ToList(), field.Where(c => c.Kind == Kind.WithPoint).ToList());
            if (texts.Count == 0 || numbers.Count == 0) continue;
            if (texts.Find(column => HasValue(name, column)) is { } text && numbers.Find(column => HasValue(name, column)) is { } number)
                throw new DataFault($"{files.Subject}: column '{number.Name}' is of numbers with a point in {number.File} and text in {text.File}; "
                    + $"these are not the same ids. Write them alike, or run over each kind by itself.");
        }
    }

    // The columns of each file; fields inside of one are not told.
    private List<IdColumn> Columns(string name, IReadOnlyList<string> paths)
    {
        using var result = runner.Query(name, paths[0], $"""
            SELECT file_name, name, CAST(COALESCE(num_children, 0) AS BIGINT),
                CASE WHEN type IN ('DOUBLE', 'FLOAT') OR scale > 0 THEN 'WithPoint' WHEN type = 'BYTE_ARRAY' AND scale IS NULL THEN 'Text' ELSE 'Other' END
            FROM parquet_schema({FileList.Of(dialect, paths)})
            """);
        List<IdColumn> columns = [];
        var (file, inside) = ("", 0L);
        foreach (var (of, column, children, kind) in result.Rows(row => (row.Text(0)!, row.Text(1)!, row.Long(2), Enum.Parse<Kind>(row.Text(3)!))))
        {
            // The first of a file is its root; each is followed by what it holds.
            if (of != file) (file, inside) = (of, 0);
            else if (inside > 0) inside += children - 1;
            else
            {
                columns.Add(new IdColumn(of, column, kind));
                inside = children;
            }
        }
        return columns;
    }

    // One that is empty throughout, as a writer guesses where nothing stands, is of any type.
    private bool HasValue(string name, IdColumn column)
    {
        using var found = runner.Query(name, column.File, $"SELECT 1 FROM read_parquet({FileList.Of(dialect, [column.File])}) WHERE {dialect.Identifier(column.Name)} IS NOT NULL LIMIT 1");
        return found.Rows(_ => true).Count > 0;
    }

    private sealed record IdColumn(string File, string Name, Kind Kind);
}
