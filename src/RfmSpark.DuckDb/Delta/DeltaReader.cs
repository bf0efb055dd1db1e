using RfmSpark.Engine;

namespace RfmSpark.DuckDb.Delta;

/// <summary>Makes a Delta table readable as a view: the files of its log, with the partition values from the log and never from folder names.</summary>
internal sealed class DeltaReader(QueryRunner runner, Dialect dialect)
{
    /// <summary>The column with the file of each row, in rows that are asked for with it.</summary>
    internal const string File = "__file";

    /// <summary>See <see cref="IEngine.Open"/>.</summary>
    internal IReadOnlyList<Column>? Open(string name, string path, IReadOnlyDictionary<string, string>? where, long? version)
    {
        if (Snapshot(path, version) is not { } snapshot) return null;
        var columns = ColumnsOf(snapshot, path);
        View(name, path, Fields(columns), snapshot, snapshot.Files.Where(f => where is null || where.All(w => f.PartitionValues.GetValueOrDefault(w.Key) == w.Value)));
        return columns;
    }

    /// <summary>
    /// Makes a table that is not ours readable whole: columns of types that no table of ours has are in the view too, as they stand in its files.
    /// Returns whether there is such a table.
    /// </summary>
    internal bool OpenForeign(string name, string path)
    {
        if (Snapshot(path, null) is not { } snapshot) return false;
        View(name, path, Known(path, () => DeltaSchema.ReadForeign(snapshot.Metadata!.SchemaString)), snapshot, snapshot.Files);
        return true;
    }

    /// <summary>The columns of a table.</summary>
    /// <exception cref="EngineFault">One is of a type that the embedded engine does not know.</exception>
    internal static IReadOnlyList<Column> ColumnsOf(DeltaSnapshot snapshot, string path) => Known(path, () => DeltaSchema.Read(snapshot.Metadata!.SchemaString));

    private static T Known<T>(string path, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (DeltaFeatureException unknown)
        {
            throw new EngineFault($"{path} is a Delta table with {unknown.Message}, which the embedded engine does not know. Open it on Spark.", unknown);
        }
    }

    /// <summary>The rows of some files of a table, at least one, as a select.</summary>
    internal string Rows(string path, IReadOnlyList<Column> columns, IReadOnlyList<string> partitions, IReadOnlyList<AddFile> files, bool withFile = false) =>
        Rows(path, Fields(columns), partitions, files, withFile);

    private string Rows(string path, IEnumerable<(string Name, ColumnType? Type)> columns, IReadOnlyList<string> partitions, IReadOnlyList<AddFile> files, bool withFile)
    {
        var scan = $"read_parquet({FileList.Of(dialect, files.Select(f => f.In(path)))}, filename = '{File}', union_by_name = true, hive_partitioning = false)";
        using var described = runner.Query("delta", files[0].In(path), $"DESCRIBE SELECT * FROM {scan}");
        var present = described.Rows(r => r.Text(0)!).ToHashSet(StringComparer.Ordinal);
        var fields = columns.Select(c =>
        {
            var value = partitions.Contains(c.Name) ? $"p.{dialect.Identifier(c.Name)}" : present.Contains(c.Name) ? $"d.{dialect.Identifier(c.Name)}" : "NULL";
            return $"{(c.Type is { } type ? $"CAST({value} AS {dialect.TypeName(type)})" : value)} AS {dialect.Identifier(c.Name)}";
        });
        if (withFile) fields = fields.Append($"d.{File}");
        var values = string.Join(", ", files.Select(f =>
            $"({string.Join(", ", partitions.Select(p => f.PartitionValues.GetValueOrDefault(p) is { Length: > 0 } v ? dialect.Quote(v) : "CAST(NULL AS VARCHAR)")
                .Prepend(dialect.Quote(f.In(path))))})"));
        var names = string.Join(", ", partitions.Select(dialect.Identifier).Prepend(File));
        return $"SELECT {string.Join(", ", fields)} FROM {scan} d JOIN (VALUES {values}) p({names}) ON d.{File} = p.{File}";
    }

    private DeltaSnapshot? Snapshot(string path, long? version) => new DeltaLog(path, new DeltaCheckpoint(runner, dialect)).Read(version);

    private void View(string name, string path, IReadOnlyList<(string Name, ColumnType? Type)> columns, DeltaSnapshot snapshot, IEnumerable<AddFile> files)
    {
        List<AddFile> read = [.. files];
        if (read.Find(f => !System.IO.File.Exists(f.In(path))) is { } gone)
            throw new EngineFault($"{path} lacks {gone.In("")}, a data file that its log names: it was deleted, or not copied with the rest. Restore it, or make what it held anew (run publishes a day again).");
        var rows = read.Count == 0 ? Empty(columns) : Rows(path, columns, snapshot.Metadata!.PartitionColumns, read, withFile: false);
        runner.Run(name, path, $"CREATE OR REPLACE TEMP VIEW {dialect.Identifier(name)} AS {rows}");
    }

    private string Empty(IEnumerable<(string Name, ColumnType? Type)> columns) =>
        $"SELECT {string.Join(", ", columns.Select(c => $"CAST(NULL AS {dialect.TypeName(c.Type ?? ColumnType.Text)}) AS {dialect.Identifier(c.Name)}"))} WHERE FALSE";

    private static List<(string Name, ColumnType? Type)> Fields(IEnumerable<Column> columns) => [.. columns.Select(c => (c.Name, (ColumnType?)c.Type))];
}
