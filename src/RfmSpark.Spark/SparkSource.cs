using RfmSpark.Engine;
using RfmSpark.Spark.Gateway;

namespace RfmSpark.Spark;

/// <summary>The client's files on Spark: whatever paths and URIs the cluster's Hadoop reads.</summary>
internal sealed class SparkSource(SparkSession session, Dialect dialect)
{
    private const string Corrupt = "__corrupt", Swallowed = "__swallowed", Replacement = "\uFFFD";
    // One object and nothing after it: as the only element of an array, in which something else would be an error.
    private const string Readable = "(TRIM(LEADING ' \\t' FROM value) LIKE '{%' AND get_json_object(value, '$') IS NOT NULL "
        + "AND size(from_json(concat('[', value, ']'), 'ARRAY<STRUCT<>>', map('allowSingleQuotes', 'false'))) = 1)";
    // Bytes that are no text do not come back from a text of the JVM as they were.
    private const string BadlyEncoded = "split(value, '\\n')[0] <> value";
    private const int ObjectsLookedAt = 10_000;
    private readonly HadoopFiles _hadoop = new(session);
    private readonly List<(string Subject, string Path)> _found = [];

    /// <summary>What an exception is that says of a file which was loaded that it is damaged; null if it does not. Most are read long after they were loaded.</summary>
    internal DataFault? DamageIn(JavaException thrown) =>
        // Of orders.csv and orders.csv.gz both are found in the name of the second.
        _found.Where(f => DamagedFile.IsToldBy(thrown, f.Path)).OrderByDescending(f => f.Path.Length).FirstOrDefault() is { Path: not null } file
            ? DamagedFile.Fault(file.Subject, file.Path, thrown) : null;

    /// <summary>See <see cref="IEngine.Load"/>.</summary>
    internal (DataFrame Rows, LoadedFiles Loaded) Load(SourceFiles files)
    {
        var (paths, format) = new SparkPaths(_hadoop).Find(files);
        files = files with { Paths = paths };
        _found.AddRange(paths.Select(path => (files.Subject, path)));
        return format switch
        {
            FileFormat.Csv => Csv(files),
            FileFormat.JsonLines => JsonLines(files),
            FileFormat.Parquet => Typed(files, Parquet(files)),
            _ => Typed(files, Delta(files)),
        };
    }

    private DataFrame Parquet(SourceFiles files)
    {
        try
        {
            return session.Read().Option("mergeSchema", "true").Parquet(HadoopFiles.Literally(files.Paths));
        }
        catch (JavaException differ) when (differ.Trace.Contains("CANNOT_MERGE_SCHEMAS", StringComparison.Ordinal) || differ.Trace.Contains("Failed to merge", StringComparison.Ordinal))
        {
            throw new DataFault($"{files.Subject}: the Parquet files have columns of one name, but of several types, which Spark does not unite. "
                + $"Write them alike, or run over each kind by itself. {differ.JavaMessage}", differ);
        }
        catch (JavaException unknown) when (unknown.Trace.Contains("Illegal Parquet type", StringComparison.Ordinal) || unknown.Trace.Contains("PARQUET_TYPE_ILLEGAL", StringComparison.Ordinal))
        {
            throw new DataFault($"{files.Subject}: a Parquet file has a column of a type that Spark does not know "
                + $"(time stamps are to be in microseconds, not in nanoseconds). {unknown.JavaMessage}", unknown);
        }
    }

    private DataFrame Delta(SourceFiles files) => files.Paths.Count == 1 ? session.Read().Format("delta").Load(files.Paths[0])
        : throw new ConfigFault($"{files.Subject}: one Delta table can be read at a time, and {files.Paths.Count} were named.");

    // Files of one delivery may differ in the order of their columns: those of one header line are read together.
    private (DataFrame, LoadedFiles) Csv(SourceFiles files)
    {
        var parts = files.Paths.GroupBy(path => FirstLine(path, files)).Select(group => CsvOfOneHeader(files with { Paths = [.. group] })).ToList();
        return (parts.Aggregate((all, more) =>
        {
            using (all)
            using (more) return new DataFrame(session, all.Java.Get("unionByName", more.Java));
        }), new LoadedFiles(Typed: false, files.Columns.ToDictionary(c => c.Key, _ => ColumnType.Text)));
    }

    private DataFrame CsvOfOneHeader(SourceFiles files)
    {
        var header = Reader(files).Option("header", "true").Option("inferSchema", "false").Csv(HadoopFiles.Literally(files.Paths));
        var written = header.Columns();
        header.Dispose();
        // Blanks around a name are nobody's, but where they tell two names apart.
        List<string> trimmed = [.. written.Select(name => name.Trim())];
        var names = trimmed.Distinct(StringComparer.OrdinalIgnoreCase).Count() == written.Count && !trimmed.Contains("") ? trimmed : written;
        if (names.Count == 0) throw new DataFault($"{files.Subject}: {files.Paths[0]} has no header line; its first line is empty.");
        var mapped = files.MapTo(names, files.Paths[0]);
        var schema = string.Join(", ", names.Select(n => $"{dialect.Identifier(n)} STRING").Append($"{Corrupt} STRING"));
        using var records = Reader(files).Option("header", "true").Option("enforceSchema", "true").Option("mode", "PERMISSIVE")
            .Option("columnNameOfCorruptRecord", Corrupt).Schema(schema).Csv(HadoopFiles.Literally(files.Paths));
        using var rows = records.SelectExpr(["*", $"explode({SwallowedLines(names, files)}) AS {Swallowed}"]);
        var all = string.Join(", ", names.Select(dialect.Identifier));
        var fault = $"CASE WHEN {Swallowed} IS NOT NULL THEN '{RecordFault.Unreadable}' "
            + $"WHEN concat_ws('', {all}) LIKE '%{Replacement}%' THEN '{RecordFault.BadEncoding}' "
            + $"WHEN {Corrupt} IS NOT NULL THEN '{RecordFault.WrongColumnCount}' END";
        return rows.SelectExpr([
            .. mapped.Select(m => $"{dialect.Identifier(m.Value)} AS {dialect.Identifier(m.Key)}"),
            "input_file_name() AS source",
            $"coalesce({Swallowed}, {Corrupt}, to_json(struct({all}), map('ignoreNullFields', 'false'))) AS content",
            $"{Fingerprint(names.Select(name => (name, "string")))} AS fingerprint",
            $"{fault} AS fault"]);
    }

    // A quote that does not end swallows the lines up to the next quote or the end of the file, and the record that comes of it looks whole. It is told
    // by a field with a line in it that has as many delimiters as a record; each line of it is a rejected record, so that many lost lines are many.
    private string SwallowedLines(IReadOnlyList<string> names, SourceFiles files)
    {
        const string None = "array(CAST(NULL AS STRING))";
        if (names.Count == 1 || files.Quote.Length == 0) return None;
        var (all, delimiter) = (string.Join(", ", names.Select(dialect.Identifier)), dialect.Quote(files.Delimiter));
        var isRecord = $"length(line) - length(replace(line, {delimiter}, '')) >= {(names.Count - 1) * files.Delimiter.Length}";
        return $"""
            CASE WHEN instr(concat_ws('', {all}), '\n') > 0 AND exists(array({all}), field -> instr(field, '\n') > 0 AND exists(split(field, '\n'), line -> {isRecord}))
                THEN split(TRIM(TRAILING '\r\n' FROM array_join(array({all}), {delimiter}, '')), '\r?\n') ELSE {None} END
            """;
    }

    private string? FirstLine(string path, SourceFiles files)
    {
        try
        {
            return _hadoop.FirstLine(path, CharsetOf(files));
        }
        catch (JavaException damaged) when (DamagedFile.IsToldBy(damaged))
        {
            throw DamagedFile.Fault(files.Subject, path, damaged);
        }
    }

    // The hash passes over NULLs; where they stand is what tells (A, NULL, B) from (A, B, NULL). It takes no maps and variants, nor what holds some: these are hashed as JSON.
    private string Fingerprint(IEnumerable<(string Name, string Type)> columns) =>
        $"xxhash64({string.Join(", ", columns.SelectMany(c =>
            new[] { c.Type is "map" or "variant" or "struct" or "array" ? $"to_json({dialect.Identifier(c.Name)})" : dialect.Identifier(c.Name),
                $"isnull({dialect.Identifier(c.Name)})" }))})";

    private DataFrameReader Reader(SourceFiles files) => session.Read().Option("sep", files.Delimiter).Option("quote", files.Quote).Option("escape", files.Quote)
        .Option("encoding", CharsetOf(files)).Option("multiLine", files.Quote.Length > 0 || files.Encoding == "utf-16" ? "true" : "false")
        .Option("ignoreLeadingWhiteSpace", "false").Option("ignoreTrailingWhiteSpace", "false");

    // UTF-16 without a byte-order mark is little-endian here; the JVM would take it for big-endian.
    private static string CharsetOf(SourceFiles files) => files.Encoding switch
    {
        "latin-1" => "ISO-8859-1",
        "utf-16" => "UTF-16LE",
        _ => files.Encoding.ToUpperInvariant(),
    };

    private (DataFrame, LoadedFiles) JsonLines(SourceFiles files)
    {
        using var lines = session.Read().Text(HadoopFiles.Literally(files.Paths));
        using var filled = new DataFrame(session, lines.Java.Get("where", "trim(value) <> ''"));
        CheckKeys(files, filled);
        return (filled.SelectExpr([
            .. files.Columns.Select(c => $"CASE WHEN {Readable} THEN get_json_object(value, {dialect.Quote(JsonPath(c.Value))}) END AS {dialect.Identifier(c.Key)}"),
            "input_file_name() AS source", "value AS content", "xxhash64(value) AS fingerprint",
            $"CASE WHEN {BadlyEncoded} THEN '{RecordFault.BadEncoding}' WHEN {Readable} THEN CAST(NULL AS STRING) ELSE '{RecordFault.Unreadable}' END AS fault"]),
            new LoadedFiles(Typed: false, files.Columns.ToDictionary(c => c.Key, _ => ColumnType.Text)));
    }

    // A key may be absent from many objects; one that is absent from the first ten thousand is a wrong mapping.
    private void CheckKeys(SourceFiles files, DataFrame lines)
    {
        using var objects = new DataFrame(session, lines.Java.Get("where", Readable));
        using var first = new DataFrame(session, objects.Java.Get("limit", ObjectsLookedAt));
        using var counts = first.SelectExpr(["count(*) AS objects", .. files.Columns.Values.Select((key, i) => $"count_if(array_contains(json_object_keys(value), {dialect.Quote(key)})) AS `{i}`")]);
        var found = counts.Collect()[0];
        if (found.GetAs<long>(0) == 0) throw new DataFault($"{files.Subject}: no line of {files.Paths[0]} is a JSON object. JSON lines have one object on each line, and nothing around them.");
        var missing = files.Columns.Keys.Where((_, i) => found.GetAs<long>(i + 1) == 0).ToList();
        if (missing.Count > 0) throw new DataFault($"{files.Subject}: no object in {files.Paths[0]} has {files.NamesOf(missing)}. {files.ColumnRemedy}.");
    }

    // Spark's paths know no escape: a key in brackets may have no quote in it, one after a point neither point nor bracket.
    private static string JsonPath(string key) => key.AsSpan().ContainsAny('\'', '?') ? $"$.{key}" : $"$['{key}']";

    private (DataFrame, LoadedFiles) Typed(SourceFiles files, DataFrame rows)
    {
        using (rows)
        {
            var schema = rows.Schema();
            var mapped = files.MapTo([.. schema.Select(c => c.Name)], files.Paths[0]);
            var all = string.Join(", ", schema.Select(c => dialect.Identifier(c.Name)));
            return (rows.SelectExpr([
                // What has none of our types is read by its text: bytes without a type, as Impala writes text.
                .. mapped.Select(m => SparkTypes.TypeOf(schema.First(c => c.Name == m.Value).Type) is null
                    ? $"CAST({dialect.Identifier(m.Value)} AS STRING) AS {dialect.Identifier(m.Key)}"
                    : $"{dialect.Identifier(m.Value)} AS {dialect.Identifier(m.Key)}"),
                "input_file_name() AS source",
                $"to_json(struct({all}), map('ignoreNullFields', 'false')) AS content",
                $"{Fingerprint(schema.Select(c => (c.Name, c.Type)))} AS fingerprint",
                "CAST(NULL AS STRING) AS fault"]),
                new LoadedFiles(Typed: true, mapped.ToDictionary(m => m.Key, m => SparkTypes.TypeOf(schema.First(c => c.Name == m.Value).Type) ?? ColumnType.Text)));
        }
    }
}
