using RfmSpark.DuckDb.Native;
using RfmSpark.Engine;

namespace RfmSpark.DuckDb.Delta;

/// <summary>New data files of a table. They belong to it once a commit names them; until then they can be deleted again.</summary>
internal sealed class DeltaFiles(QueryRunner runner, Dialect dialect, string path)
{
    private readonly string _prefix = $"part-{Guid.NewGuid():N}";

    /// <summary>Writes the rows of <paramref name="source"/>, a name or a select in parentheses, into the table's folder; returns the actions that add them.</summary>
    /// <exception cref="EngineFault">They cannot be written.</exception>
    internal List<AddFile> Write(string table, IReadOnlyList<Column> columns, IReadOnlyList<string> partitionedBy, string source)
    {
        try
        {
            Directory.CreateDirectory(path);
        }
        catch (Exception denied) when (denied is IOException or UnauthorizedAccessException)
        {
            throw new EngineFault($"{path} cannot be made: {denied.Message}", denied);
        }
        var select = string.Join(", ", columns.Select(c => $"CAST({dialect.Identifier(c.Name)} AS {dialect.TypeName(c.Type)}) AS {dialect.Identifier(c.Name)}"));
        using var result = runner.Query(table, "publish", $"""
            COPY (SELECT {select} FROM {source}) TO {dialect.Quote(path)}
            (FORMAT parquet, PARTITION_BY ({string.Join(", ", partitionedBy.Select(dialect.Identifier))}), APPEND, FILENAME_PATTERN '{_prefix}-{"{uuid}"}', RETURN_STATS)
            """);
        var data = columns.Where(c => !partitionedBy.Contains(c.Name)).ToList();
        return result.Rows(row => Read((ChunkRow)row, data));
    }

    /// <summary>Deletes what was written.</summary>
    internal void Delete()
    {
        try
        {
            if (!Directory.Exists(path)) return;
            foreach (var file in Directory.EnumerateFiles(path, _prefix + "*.parquet", SearchOption.AllDirectories)) File.Delete(file);
        }
        catch (Exception failed) when (failed is IOException or UnauthorizedAccessException)
        {
            // No commit names these files; VACUUM removes them. What went wrong before matters more.
        }
    }

    // The columns of RETURN_STATS: filename, count, file_size_bytes, footer_size_bytes, column_statistics, partition_keys.
    private AddFile Read(ChunkRow row, IReadOnlyList<Column> data)
    {
        var file = row.Text(0)!;
        var relative = Path.GetRelativePath(path, file).Split(Path.DirectorySeparatorChar)
            .Select(part => string.Join('=', part.Split('=').Select(Uri.EscapeDataString)));
        return new AddFile(string.Join('/', relative), row.TextMap(5), row.Long(2), new DateTimeOffset(File.GetLastWriteTimeUtc(file)).ToUnixTimeMilliseconds(),
            DeltaStatistics.Of(row.Long(1), data, row.NestedTextMap(4)));
    }
}
