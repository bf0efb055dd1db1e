using RfmSpark.Engine;

namespace RfmSpark.DuckDb.Delta;

/// <summary>Makes a Delta table readable as a view: the files of its log, with the partition values from the log and never from folder names.</summary>
internal sealed class DeltaReader(QueryRunner runner, Dialect dialect)
{
    /// <summary>The column with the file of each row, if <see cref="Rows"/> is asked for it.</summary>
    internal const string File = "__file";

    /// <summary>See <see cref="IEngine.Open"/>; of another's table <paramref name="onlyKnown"/> leaves columns of types out that no table of ours has.</summary>
    internal IReadOnlyList<Column>? Open(string name, string path, IReadOnlyDictionary<string, string>? where, long? version, bool onlyKnown = false)
    {
        if (new DeltaLog(path, new DeltaCheckpoint(runner, dialect)).Read(version) is not { } snapshot) return null;
        var columns = onlyKnown ? DeltaSchema.ReadKnown(snapshot.Metadata!.SchemaString) : ColumnsOf(snapshot, path);
        var files = snapshot.Files.Where(f => where is null || where.All(w => f.PartitionValues.GetValueOrDefault(w.Key) == w.Value)).ToList();
        var view = files.Count == 0 ? Empty(columns) : Rows(path, columns, snapshot.Metadata!.PartitionColumns, files);
        runner.Run(name, path, $"CREATE OR REPLACE TEMP VIEW {dialect.Identifier(name)} AS {view}");
        return columns;
    }

    /// <summary>The columns of a table.</summary>
    /// <exception cref="EngineFault">One is of a type that the embedded engine does not know.</exception>
    internal static IReadOnlyList<Column> ColumnsOf(DeltaSnapshot snapshot, string path)
    {
        try
        {
            return DeltaSchema.Read(snapshot.Metadata!.SchemaString);
        }
        catch (DeltaFeatureException unknown)
        {
            throw new EngineFault($"{path} is a Delta table with {unknown.Message}, which the embedded engine does not know. Open it on Spark.", unknown);
        }
    }

    /// <summary>The rows of some files of a table, at least one, as a select.</summary>
    internal string Rows(string path, IReadOnlyList<Column> columns, IReadOnlyList<string> partitions, IReadOnlyList<AddFile> files, bool withFile = false)
    {
        var scan = $"read_parquet({FileList.Of(dialect, files.Select(f => f.In(path)))}, filename = '{File}', union_by_name = true, hive_partitioning = false)";
        using var described = runner.Query("delta", files[0].In(path), $"DESCRIBE SELECT * FROM {scan}");
        var present = described.Rows(r => r.Text(0)!).ToHashSet(StringComparer.Ordinal);
        var fields = columns.Select(c =>
        {
            var value = partitions.Contains(c.Name) ? $"p.{dialect.Identifier(c.Name)}" : present.Contains(c.Name) ? $"d.{dialect.Identifier(c.Name)}" : "NULL";
            return $"CAST({value} AS {dialect.TypeName(c.Type)}) AS {dialect.Identifier(c.Name)}";
        });
        if (withFile) fields = fields.Append($"d.{File}");
        var values = string.Join(", ", files.Select(f =>
            $"({string.Join(", ", partitions.Select(p => f.PartitionValues.GetValueOrDefault(p) is { Length: > 0 } v ? dialect.Quote(v) : "CAST(NULL AS VARCHAR)").Prepend(dialect.Quote(f.In(path))))})"));
        var names = string.Join(", ", partitions.Select(dialect.Identifier).Prepend(File));
        return $"SELECT {string.Join(", ", fields)} FROM {scan} d JOIN (VALUES {values}) p({names}) ON d.{File} = p.{File}";
    }

    private string Empty(IReadOnlyList<Column> columns) =>
        $"SELECT {string.Join(", ", columns.Select(c => $"CAST(NULL AS {dialect.TypeName(c.Type)}) AS {dialect.Identifier(c.Name)}"))} WHERE FALSE";
}
