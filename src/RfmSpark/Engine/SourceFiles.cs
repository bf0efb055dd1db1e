namespace RfmSpark.Engine;

/// <summary>The file formats that orders come in.</summary>
public enum FileFormat
{
    /// <summary>By the files' names.</summary>
    Auto,
    /// <summary>Delimited text with a header line, plain or .gz.</summary>
    Csv,
    /// <summary>Parquet.</summary>
    Parquet,
    /// <summary>One JSON object a line, plain or .gz.</summary>
    JsonLines,
    /// <summary>A Delta table.</summary>
    Delta,
}

/// <summary>How the client's files are to be read.</summary>
/// <param name="Paths">Files, globs, folders, or Delta tables.</param>
/// <param name="Format">The format; all files have the same.</param>
/// <param name="Delimiter">Between the fields of delimited text.</param>
/// <param name="Quote">Around fields of delimited text that hold a delimiter or a line break; none if empty.</param>
/// <param name="Encoding"><c>utf-8</c>, <c>latin-1</c> or <c>utf-16</c>.</param>
/// <param name="Columns">Our name of each field → the client's name of its column.</param>
public sealed record SourceFiles(
    IReadOnlyList<string> Paths, FileFormat Format, string Delimiter, string Quote, string Encoding, IReadOnlyDictionary<string, string> Columns)
{
    /// <summary>What messages call the files.</summary>
    public string Subject { get; init; } = "orders";

    /// <summary>The option or setting that names them.</summary>
    public string NamedBy { get; init; } = "--orders";

    /// <summary>What to do about a column that is missing.</summary>
    public string ColumnRemedy { get; init; } = "Set orders.columns to the client's names";

    /// <summary>What to do about a file whose name does not tell its format.</summary>
    public string FormatRemedy { get; init; } = "Set orders.format to csv, parquet, jsonLines or delta";

    /// <summary>Where it is said which column of the files a field of ours is.</summary>
    public Func<string, string> SettingOf { get; init; } = field => "orders.columns." + field;

    /// <summary>The names that end a path of each format; <c>.gz</c> may follow.</summary>
    public static readonly IReadOnlyDictionary<string, FileFormat> Endings = new Dictionary<string, FileFormat>(StringComparer.OrdinalIgnoreCase)
    {
        [".csv"] = FileFormat.Csv,
        [".tsv"] = FileFormat.Csv,
        [".txt"] = FileFormat.Csv,
        [".parquet"] = FileFormat.Parquet,
        [".jsonl"] = FileFormat.JsonLines,
        [".ndjson"] = FileFormat.JsonLines,
        [".json"] = FileFormat.JsonLines,
    };

    // What deliveries also come as.
    private static readonly string[] Unread = [".zst", ".zip", ".bz2", ".xz", ".lz4", ".snappy", ".avro", ".orc", ".xlsx", ".xls"];

    /// <summary>Whether a file of a folder is read: what other programs leave beside a delivery is passed over.</summary>
    /// <exception cref="DataFault">It is such as deliveries are, in a form that is not read: passed over, it would be missing.</exception>
    public bool IsRead(string file)
    {
        if (Format != FileFormat.Auto || FormatOf(file) is not null) return true;
        if (Unread.Contains(System.IO.Path.GetExtension(file), StringComparer.OrdinalIgnoreCase))
            throw new DataFault($"{Subject}: {file} is not read as it is. Unpack or convert it, or name the files without it, such as with {NamedBy} 'FOLDER/*.csv'.");
        return false;
    }

    /// <summary>Our name of each mapped field → the file's own spelling of its column; the case of letters may differ.</summary>
    /// <exception cref="DataFault">The file lacks some of the columns; all are named.</exception>
    public IReadOnlyDictionary<string, string> MapTo(IReadOnlyList<string> header, string path)
    {
        var mapped = Columns.ToDictionary(c => c.Key, c => header.FirstOrDefault(h => h == c.Value) ?? header.FirstOrDefault(h => string.Equals(h, c.Value, StringComparison.OrdinalIgnoreCase)));
        if (!mapped.ContainsValue(null)) return mapped!;
        throw new DataFault($"{Subject}: {path} has no column {NamesOf(mapped.Where(m => m.Value is null).Select(m => m.Key))}. Its columns are {string.Join(", ", header)}. "
            + ColumnRemedy + (header.Count == 1 ? ", or orders.delimiter to what stands between them." : "."));
    }

    /// <summary>The columns that some fields are mapped to, each with its setting.</summary>
    public string NamesOf(IEnumerable<string> fields) => string.Join(", ", fields.Select(field => $"'{Columns[field]}' ({SettingOf(field)})"));

    /// <summary>The format that a file's name tells, or null.</summary>
    public static FileFormat? FormatOf(string path)
    {
        var name = System.IO.Path.GetFileName(path);
        if (name.EndsWith(".gz", StringComparison.OrdinalIgnoreCase)) name = System.IO.Path.GetFileNameWithoutExtension(name);
        return Endings.TryGetValue(System.IO.Path.GetExtension(name), out var format) ? format : null;
    }
}

/// <summary>What the client's files turned out to be.</summary>
/// <param name="Typed">Whether the format has types and a NULL of its own; in text every column is text.</param>
/// <param name="Columns">Our name of each mapped field → the type in which it arrives.</param>
public sealed record LoadedFiles(bool Typed, IReadOnlyDictionary<string, ColumnType> Columns);

/// <summary>Why a record of a file could not be read at all: the values of the <c>fault</c> column of <see cref="IEngine.Load"/>.</summary>
public static class RecordFault
{
    /// <summary>More or fewer fields than the header.</summary>
    public const string WrongColumnCount = "wrong_column_count";
    /// <summary>Bytes that are no text in the stated encoding.</summary>
    public const string BadEncoding = "bad_encoding";
    /// <summary>A quote that does not end, an over-long line, or a line that is no JSON object.</summary>
    public const string Unreadable = "unreadable_record";
}
