using RfmSpark.Engine;

namespace RfmSpark.Spark;

/// <summary>The client's files on Spark: whatever paths and URIs the cluster's Hadoop reads.</summary>
internal sealed class SparkSource(SparkSession session, Dialect dialect)
{
    private const string Corrupt = "__corrupt", Replacement = "\uFFFD";
    private readonly HadoopFiles _hadoop = new(session);

    /// <summary>See <see cref="IEngine.Load"/>.</summary>
    internal (DataFrame Rows, LoadedFiles Loaded) Load(SourceFiles files)
    {
        var (paths, format) = new SparkPaths(_hadoop).Find(files);
        files = files with { Paths = paths };
        return format switch
        {
            FileFormat.Csv => Csv(files),
            FileFormat.JsonLines => JsonLines(files),
            FileFormat.Parquet => Typed(files, session.Read().Option("mergeSchema", "true").Parquet(files.Paths)),
            _ => Typed(files, Delta(files.Paths)),
        };
    }

    private DataFrame Delta(IReadOnlyList<string> tables) => tables.Count == 1 ? session.Read().Format("delta").Load(tables[0])
        : throw new ConfigFault($"orders: one Delta table can be read at a time, and {tables.Count} were named.");

    // Files of one delivery may differ in the order of their columns: those of one header line are read together.
    private (DataFrame, LoadedFiles) Csv(SourceFiles files)
    {
        var parts = files.Paths.GroupBy(path => _hadoop.FirstLine(path, CharsetOf(files))).Select(group => CsvOfOneHeader(files with { Paths = [.. group] })).ToList();
        return (parts.Aggregate((all, more) =>
        {
            using (all)
            using (more) return new DataFrame(session, all.Java.Get("unionByName", more.Java));
        }), new LoadedFiles(Typed: false, files.Columns.ToDictionary(c => c.Key, _ => ColumnType.Text)));
    }

    private DataFrame CsvOfOneHeader(SourceFiles files)
    {
        var header = Reader(files).Option("header", "true").Option("inferSchema", "false").Csv(files.Paths);
        var names = header.Columns();
        header.Dispose();
        if (names.Count == 0) throw new DataFault($"{files.Subject}: {files.Paths[0]} has no header line; its first line is empty.");
        var mapped = files.MapTo(names, files.Paths[0]);
        var schema = string.Join(", ", names.Select(n => $"{dialect.Identifier(n)} STRING").Append($"{Corrupt} STRING"));
        using var rows = Reader(files).Option("header", "true").Option("enforceSchema", "true").Option("mode", "PERMISSIVE").Option("columnNameOfCorruptRecord", Corrupt).Schema(schema).Csv(files.Paths);
        var all = string.Join(", ", names.Select(dialect.Identifier));
        var fault = $"CASE WHEN concat_ws('', {all}) LIKE '%{Replacement}%' THEN '{RecordFault.BadEncoding}' WHEN {Corrupt} IS NOT NULL THEN '{RecordFault.WrongColumnCount}' END";
        return rows.SelectExpr([
            .. mapped.Select(m => $"{dialect.Identifier(m.Value)} AS {dialect.Identifier(m.Key)}"),
            "input_file_name() AS source", $"coalesce({Corrupt}, to_json(struct({all}), map('ignoreNullFields', 'false'))) AS content", $"xxhash64({all}) AS fingerprint", $"{fault} AS fault"]);
    }

    private DataFrameReader Reader(SourceFiles files) => session.Read().Option("sep", files.Delimiter).Option("quote", files.Quote).Option("escape", files.Quote)
        .Option("encoding", CharsetOf(files)).Option("multiLine", files.Quote.Length > 0 ? "true" : "false")
        .Option("ignoreLeadingWhiteSpace", "false").Option("ignoreTrailingWhiteSpace", "false");

    private static string CharsetOf(SourceFiles files) => files.Encoding == "latin-1" ? "ISO-8859-1" : files.Encoding.ToUpperInvariant();

    private (DataFrame, LoadedFiles) JsonLines(SourceFiles files)
    {
        using var lines = session.Read().Text(files.Paths);
        const string readable = "(from_json(value, 'STRUCT<>') IS NOT NULL AND ltrim(value) LIKE '{%' AND get_json_object(value, '$') IS NOT NULL)";
        using var filled = new DataFrame(session, lines.Java.Get("where", "trim(value) <> ''"));
        return (filled.SelectExpr([
            .. files.Columns.Select(c => $"CASE WHEN {readable} THEN get_json_object(value, {dialect.Quote($"$['{c.Value}']")}) END AS {dialect.Identifier(c.Key)}"),
            "input_file_name() AS source", "value AS content", "xxhash64(value) AS fingerprint", $"CASE WHEN {readable} THEN CAST(NULL AS STRING) ELSE '{RecordFault.Unreadable}' END AS fault"]),
            new LoadedFiles(Typed: false, files.Columns.ToDictionary(c => c.Key, _ => ColumnType.Text)));
    }

    private (DataFrame, LoadedFiles) Typed(SourceFiles files, DataFrame rows)
    {
        using (rows)
        {
            var schema = rows.Schema();
            var mapped = files.MapTo([.. schema.Select(c => c.Name)], files.Paths[0]);
            var all = string.Join(", ", schema.Select(c => dialect.Identifier(c.Name)));
            return (rows.SelectExpr([
                .. mapped.Select(m => $"{dialect.Identifier(m.Value)} AS {dialect.Identifier(m.Key)}"),
                "input_file_name() AS source", $"to_json(struct({all}), map('ignoreNullFields', 'false')) AS content", $"xxhash64({all}) AS fingerprint", "CAST(NULL AS STRING) AS fault"]),
                new LoadedFiles(Typed: true, mapped.ToDictionary(m => m.Key, m => SparkTypes.TypeOf(schema.First(c => c.Name == m.Value).Type) ?? ColumnType.Text)));
        }
    }
}
