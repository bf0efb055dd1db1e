using RfmSpark.Engine;

namespace RfmSpark.DuckDb.Delta;

/// <summary>Makes a Delta table readable as a view: the files of its log, with the partition values from the log and never from folder names.</summary>
internal sealed class DeltaReader(QueryRunner runner, Dialect dialect)
{
    private const string File = "__file";

    /// <summary>See <see cref="IEngine.Open"/>.</summary>
    internal IReadOnlyList<Column>? Open(string name, string path, IReadOnlyDictionary<string, string>? where, long? version)
    {
        if (new DeltaLog(path, new DeltaCheckpoint(runner, dialect)).Read(version) is not { } snapshot) return null;
        var metadata = snapshot.Metadata!;
        IReadOnlyList<Column> columns;
        try
        {
            columns = DeltaSchema.Read(metadata.SchemaString);
        }
        catch (DeltaFeatureException unknown)
        {
            throw new EngineFault($"{path} is a Delta table with {unknown.Message}, which the embedded engine does not know. Open it on Spark.", unknown);
        }
        var files = snapshot.Files.Where(f => where is null || where.All(w => f.PartitionValues.GetValueOrDefault(w.Key) == w.Value))
            .Select(f => (f.PartitionValues, Path: System.IO.Path.Combine(path, Uri.UnescapeDataString(f.Path)))).ToList();
        var view = files.Count == 0 ? Empty(columns) : Select(columns, metadata.PartitionColumns, files);
        runner.Run(name, path, $"CREATE OR REPLACE TEMP VIEW {dialect.Identifier(name)} AS {view}");
        return columns;
    }

    private string Empty(IReadOnlyList<Column> columns) =>
        $"SELECT {string.Join(", ", columns.Select(c => $"CAST(NULL AS {dialect.TypeName(c.Type)}) AS {dialect.Identifier(c.Name)}"))} WHERE FALSE";

    private string Select(IReadOnlyList<Column> columns, IReadOnlyList<string> partitions, IReadOnlyList<(IReadOnlyDictionary<string, string?> Values, string Path)> files)
    {
        var scan = $"read_parquet({FileList.Of(dialect, files.Select(f => f.Path))}, filename = '{File}', union_by_name = true, hive_partitioning = false)";
        using var described = runner.Query("delta", files[0].Path, $"DESCRIBE SELECT * FROM {scan}");
        var present = described.Rows(r => r.Text(0)!).ToHashSet(StringComparer.Ordinal);
        var fields = columns.Select(c =>
        {
            var value = partitions.Contains(c.Name) ? $"p.{dialect.Identifier(c.Name)}" : present.Contains(c.Name) ? $"d.{dialect.Identifier(c.Name)}" : "NULL";
            return $"CAST({value} AS {dialect.TypeName(c.Type)}) AS {dialect.Identifier(c.Name)}";
        });
        var values = string.Join(", ", files.Select(f =>
            $"({string.Join(", ", partitions.Select(p => f.Values.GetValueOrDefault(p) is { Length: > 0 } v ? dialect.Quote(v) : "CAST(NULL AS VARCHAR)").Prepend(dialect.Quote(f.Path)))})"));
        var names = string.Join(", ", partitions.Select(dialect.Identifier).Prepend(File));
        return $"SELECT {string.Join(", ", fields)} FROM {scan} d JOIN (VALUES {values}) p({names}) ON d.{File} = p.{File}";
    }
}
