using RfmSpark.DuckDb.Delta;
using RfmSpark.Engine;

namespace RfmSpark.DuckDb;

/// <summary>Makes the client's files readable: Parquet and Delta in place, text parsed once into a staged Parquet file.</summary>
internal sealed class SourceReader(QueryRunner runner, Dialect dialect, FilesInPlace inPlace, string temp)
{
    // What DuckDB says of a file that is not what its name promises, or is damaged.
    private static readonly string[] UnreadableFile =
        ["magic bytes", "Footer length", "too small to be a Parquet", "is not utf-16 encoded",
            "is not latin-1 encoded", "CSV Error", "Invalid Input Error", "TProtocolException"];
    private const string MixedLineEnds = "state machine reached an invalid state";
    private const string Source = "__source", Line = "__line", Readable = "__readable", JsonColumn = "{'json': 'VARCHAR'}";
    // A letter that JSON may not hold as it is, so that a line is one field.
    private const char NoDelimiter = '\u0001';

    // A line may be as long as 16 MiB. By default a file is read through a buffer of sixteen such lines, 256 MiB for each thread.
    private const int LongestLine = 1 << 24;
    private readonly PlainFiles _plain = new(dialect, temp);

    /// <summary>See <see cref="IEngine.Load"/>.</summary>
    internal LoadedFiles Load(string name, SourceFiles files)
    {
        var (paths, format) = new SourcePaths(runner, dialect).Find(files);
        try
        {
            return Load(name, files, paths, format);
        }
        catch (EngineFault unreadable) when (UnreadableFile.Any(sign => unreadable.Message.Contains(sign, StringComparison.OrdinalIgnoreCase)))
        {
            throw new DataFault($"{files.Subject}: a file cannot be read as {format}. {unreadable.Message}", unreadable);
        }
    }

    private LoadedFiles Load(string name, SourceFiles files, IReadOnlyList<string> paths, FileFormat format)
    {
        switch (format)
        {
            case FileFormat.Parquet:
                new ParquetColumns(runner, dialect).Check(name, files, paths);
                inPlace.Add(files.Subject, paths);
                return View(name, files, $"read_parquet({FileList.Of(dialect, paths)}, filename = '{Source}', union_by_name = true, hive_partitioning = false)", paths[0], null);
            case FileFormat.Delta:
                return LoadDelta(name, files, paths);
            case FileFormat.JsonLines:
                return LoadJsonLines(name, files, paths);
            default:
                return LoadCsv(name, files, paths);
        }
    }

    private LoadedFiles LoadDelta(string name, SourceFiles files, IReadOnlyList<string> paths)
    {
        if (paths.Count > 1) throw new ConfigFault($"{files.Subject}: one Delta table can be read at a time, and {paths.Count} were named.");
        var table = name + "_delta";
        if (!new DeltaReader(runner, dialect).OpenForeign(table, paths[0])) throw new DataFault($"{files.Subject}: {paths[0]} holds no Delta table.");
        return View(name, files, $"(SELECT *, {dialect.Quote(paths[0])} AS {Source} FROM {dialect.Identifier(table)})", paths[0], null);
    }

    // One staged file for each header that occurs, since files of one delivery may differ in the order of their columns.
    private LoadedFiles LoadCsv(string name, SourceFiles files, IReadOnlyList<string> paths)
    {
        var headers = paths.Select(path => (Path: path, Header: CsvHeader.Read(path, files))).GroupBy(h => string.Join('\u001f', h.Header)).ToList();
        var rejects = name + "_rejects";
        List<string> staged = [];
        foreach (var group in headers)
        {
            var header = group.First().Header;
            files.MapTo(header, group.First().Path);
            var stage = Path.Combine(temp, $"{name}-{staged.Count}.parquet");
            var plain = group.Select(g => _plain.Of(g.Path, files.Subject)).ToList();
            if (!runner.TryRun(name, plain[0], StageCsv(files, header, plain, stage, rejects), refusal: MixedLineEnds))
            {
                plain = plain.ConvertAll(path => _plain.WithLineFeeds(path, files.Encoding));
                runner.Run(name, plain[0], StageCsv(files, header, plain, stage, rejects));
            }
            staged.Add(stage);
        }
        return View(name, files, $"read_parquet({FileList.Of(dialect, staged)}, union_by_name = true)", paths[0], StructuralFaults(rejects));
    }

    private string StageCsv(SourceFiles files, IReadOnlyList<string> header, IReadOnlyList<string> plain, string stage, string rejects)
    {
        var columns = "{" + string.Join(", ", header.Select(c => $"{dialect.Quote(c)}: 'VARCHAR'")) + "}";
        return $"""
            COPY (SELECT * REPLACE ({_plain.OriginalOf(Source)} AS {Source}) FROM read_csv({FileList.Of(dialect, plain)}, header = true, auto_detect = false, columns = {columns},
                delim = {dialect.Quote(files.Delimiter)}, quote = {dialect.Quote(files.Quote)}, escape = {dialect.Quote(files.Quote)}, encoding = {dialect.Quote(files.Encoding)},
                filename = '{Source}', max_line_size = {LongestLine}, buffer_size = {2 * LongestLine}, store_rejects = true, rejects_limit = 0,
                rejects_table = {dialect.Quote(rejects)}, rejects_scan = {dialect.Quote(rejects + "_scans")}))
            TO {dialect.Quote(stage)} (FORMAT parquet)
            """;
    }

    // A line with two faults has two rows here: it is one rejected record, under the first of them. A quote that does not end swallows
    // the lines up to the end of the file; each of them is a rejected record, so that many lost lines are many.
    private string StructuralFaults(string rejects) => $"""
        SELECT source, CASE WHEN fault = '{RecordFault.Unreadable}' THEN unnest(string_split(rtrim(line, chr(10)), chr(10))) ELSE line END AS content, fault
        FROM (
            SELECT {_plain.OriginalOf("file_path")} AS source, COALESCE(any_value(csv_line), '') AS line,
                CASE min(CASE error_type WHEN 'MISSING COLUMNS' THEN 1 WHEN 'TOO MANY COLUMNS' THEN 1 WHEN 'INVALID ENCODING' THEN 0 ELSE 2 END)
                    WHEN 0 THEN '{RecordFault.BadEncoding}' WHEN 1 THEN '{RecordFault.WrongColumnCount}' ELSE '{RecordFault.Unreadable}' END AS fault
            FROM {dialect.Identifier(rejects)} JOIN {dialect.Identifier(rejects + "_scans")} USING (scan_id, file_id)
            GROUP BY scan_id, file_id, file_path, line
        )
        """;

    private LoadedFiles LoadJsonLines(string name, SourceFiles files, IReadOnlyList<string> paths)
    {
        var (stage, rejects) = (Path.Combine(temp, $"{name}-0.parquet"), name + "_rejects");
        var plain = paths.Select(path => _plain.Of(path, files.Subject)).ToList();
        runner.Run(name, paths[0], $"""
            COPY (SELECT json AS {Line}, {_plain.OriginalOf("filename")} AS {Source}, COALESCE(json_type(TRY_CAST(json AS JSON)) = 'OBJECT', FALSE) AS {Readable}
                FROM read_csv({FileList.Of(dialect, plain)}, header = false, auto_detect = false, columns = {JsonColumn},
                    delim = '{NoDelimiter}', quote = '', escape = '', filename = true, max_line_size = {LongestLine}, buffer_size = {2 * LongestLine}, strict_mode = false,
                    store_rejects = true, rejects_limit = 0, rejects_table = {dialect.Quote(rejects)}, rejects_scan = {dialect.Quote(rejects + "_scans")})
                WHERE trim(json) <> '')
            TO {dialect.Quote(stage)} (FORMAT parquet)
            """);
        CheckKeys(name, files, paths[0], stage);
        var fields = files.Columns.Select(c => $"CASE WHEN {Readable} THEN json_extract_string({Line}, {JsonPath(c.Value)}) END AS {dialect.Identifier(c.Key)}");
        runner.Run(name, paths[0], $"""
            CREATE OR REPLACE TEMP VIEW {dialect.Identifier(name)} AS
            SELECT {string.Join(", ", fields)}, {Source} AS source, {Line} AS content, CAST(hash({Line}) >> 1 AS BIGINT) AS fingerprint,
                CASE WHEN {Readable} THEN NULL ELSE '{RecordFault.Unreadable}' END AS fault
            FROM read_parquet({dialect.Quote(stage)})
            UNION ALL SELECT {string.Join(", ", files.Columns.Select(_ => "NULL"))}, source, content, 0, fault FROM ({StructuralFaults(rejects)})
            """);
        return new LoadedFiles(Typed: false, files.Columns.ToDictionary(c => c.Key, _ => ColumnType.Text));
    }

    // A key may be absent from many objects; one that is absent from the first ten thousand is a wrong mapping.
    private void CheckKeys(string name, SourceFiles files, string path, string stage)
    {
        var found = string.Join(", ", files.Columns.Values.Select(key => $"CAST(count(*) FILTER (WHERE json_exists({Line}, {JsonPath(key)})) AS BIGINT)"));
        using var result = runner.Query(name, path, $"SELECT CAST(count(*) AS BIGINT), {found} FROM (SELECT {Line} FROM read_parquet({dialect.Quote(stage)}) WHERE {Readable} LIMIT 10000)");
        var counts = result.Rows(row => files.Columns.Keys.Select((field, i) => (Field: field, Objects: row.Long(i + 1))).Append((Field: "", Objects: row.Long(0))).ToList())[0];
        if (counts[^1].Objects == 0) throw new DataFault($"{files.Subject}: no line of {path} is a JSON object. JSON lines have one object on each line, and nothing around them.");
        var missing = counts.Where(c => c.Objects == 0).Select(c => c.Field).ToList();
        if (missing.Count > 0) throw new DataFault($"{files.Subject}: no object in {path} has {files.NamesOf(missing)}. {files.ColumnRemedy}.");
    }

    private LoadedFiles View(string name, SourceFiles files, string relation, string path, string? faults)
    {
        using var described = runner.Query(name, path, $"DESCRIBE SELECT * FROM {relation}");
        var found = described.Rows(r => (Name: r.Text(0)!, Type: r.Text(1)!)).Where(c => c.Name != Source).ToList();
        var columns = found.ConvertAll(c => (c.Name, Type: TypeOf(c.Type)));
        var types = found.ToDictionary(c => c.Name, c => c.Type, StringComparer.Ordinal);
        var names = columns.ConvertAll(c => c.Name);
        var mapped = files.MapTo(names, path);
        var content = string.Join(", ", names.Select(c => $"{dialect.Identifier(c)} := {dialect.Identifier(c)}"));
        var select = $"""
            SELECT {string.Join(", ", mapped.Select(m => $"{AsText(m.Value)} AS {dialect.Identifier(m.Key)}"))},
                {Source} AS source, CAST(to_json(struct_pack({content})) AS VARCHAR) AS content,
                CAST(hash({string.Join(", ", names.Select(dialect.Identifier))}) >> 1 AS BIGINT) AS fingerprint, CAST(NULL AS VARCHAR) AS fault
            FROM {relation}
            """;
        if (faults is not null)
            select += $" UNION ALL SELECT {string.Join(", ", mapped.Select(_ => "NULL"))}, source, content, 0, fault FROM ({faults})";
        runner.Run(name, path, $"CREATE OR REPLACE TEMP VIEW {dialect.Identifier(name)} AS {select}");
        return new LoadedFiles(Typed: faults is null, mapped.ToDictionary(m => m.Key, m => columns.First(c => c.Name == m.Value).Type));

        // Bytes without a type are text, as Impala writes it.
        string AsText(string column) => types[column] switch
        {
            "BLOB" => $"TRY(decode({dialect.Identifier(column)}))",
            "VARCHAR" => dialect.Identifier(column),
            var type => TypeOf(type) == ColumnType.Text ? $"CAST({dialect.Identifier(column)} AS VARCHAR)" : dialect.Identifier(column),
        };
    }

    /// <summary>Our type for one of DuckDB's; text for those that a table of ours does not know, so that they are read by their text.</summary>
    private static ColumnType TypeOf(string type) => type switch
    {
        "BOOLEAN" => ColumnType.Boolean,
        "TINYINT" or "SMALLINT" or "INTEGER" or "UTINYINT" or "USMALLINT" => ColumnType.Int,
        "BIGINT" or "UINTEGER" => ColumnType.Long,
        "FLOAT" or "DOUBLE" => ColumnType.Double,
        "DATE" => ColumnType.Date,
        _ when type.StartsWith("TIMESTAMP", StringComparison.Ordinal) => ColumnType.Timestamp,
        _ when type.StartsWith("DECIMAL", StringComparison.Ordinal) => ColumnType.Decimal(38, 6),
        _ => ColumnType.Text,
    };

    private string JsonPath(string key) => dialect.Quote($"$.\"{key.Replace("\"", "\\\"", StringComparison.Ordinal)}\"");
}
