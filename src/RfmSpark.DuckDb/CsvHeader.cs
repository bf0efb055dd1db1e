using System.IO.Compression;
using System.Text;
using RfmSpark.Engine;

namespace RfmSpark.DuckDb;

/// <summary>The header line of a delimited file. DuckDB does not check it when the columns are stated, so it is read here first.</summary>
internal static class CsvHeader
{
    private const int LongestHeader = 1 << 20;

    /// <summary>The column names of <paramref name="path"/>; an empty or repeated name gets a number, so that the line's shape is kept.</summary>
    internal static IReadOnlyList<string> Read(string path, SourceFiles files)
    {
        List<string> names = [];
        var header = Split(FirstRecord(path, files), files).ToList();
        if (files.Columns.Values.FirstOrDefault(c => header.Count(h => string.Equals(h.Trim(), c, StringComparison.OrdinalIgnoreCase)) > 1) is { } twice)
            throw new DataFault($"{files.Subject}: {path} has several columns '{twice}', and only one can be meant. Rename the others.");
        foreach (var name in header)
        {
            var unique = name.Trim().Length == 0 ? "column" : name.Trim();
            for (var n = 2; names.Contains(unique, StringComparer.OrdinalIgnoreCase); n++) unique = $"{name.Trim()}_{n}";
            names.Add(unique);
        }
        return names;
    }

    private static string FirstRecord(string path, SourceFiles files)
    {
        try
        {
            using var file = File.OpenRead(path);
            using Stream plain = path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? new GZipStream(file, CompressionMode.Decompress) : file;
            using var reader = new StreamReader(plain, EncodingOf(files.Encoding), detectEncodingFromByteOrderMarks: true);
            var record = reader.ReadLine();
            if (reader.CurrentEncoding.CodePage == Encoding.BigEndianUnicode.CodePage)
                throw new DataFault($"{files.Subject}: {path} is UTF-16 in big-endian order; of UTF-16 the little-endian order is read. Convert it: iconv -f UTF-16 -t UTF-8.");
            if (record is not null && IsOdd(record)) record = WithTheRest(record, reader);
            return string.IsNullOrWhiteSpace(record) ? throw new DataFault($"{files.Subject}: {path} has no header line; its first line is empty.") : record;
        }
        catch (InvalidDataException broken)
        {
            throw new DataFault($"{files.Subject}: {path} is not a gzip file, or is cut off: {broken.Message}", broken);
        }
        catch (UnauthorizedAccessException denied)
        {
            throw new DataFault($"{files.Subject}: {path} may not be read by this user.", denied);
        }

        bool IsOdd(string line) => files.Quote.Length == 1 && line.Count(c => c == files.Quote[0]) % 2 == 1;

        // A quoted name may hold line breaks.
        string WithTheRest(string first, StreamReader reader)
        {
            var record = new StringBuilder(first);
            while (record.Length < LongestHeader && reader.ReadLine() is { } more)
            {
                record.Append('\n').Append(more);
                if (IsOdd(more)) return record.ToString();
            }
            throw new DataFault($"{files.Subject}: a quote in the header line of {path} does not end: {first}. Mend the line, or set orders.quote.");
        }
    }

    private static IEnumerable<string> Split(string record, SourceFiles files)
    {
        var field = new StringBuilder();
        var quoted = false;
        for (var i = 0; i < record.Length; i++)
        {
            if (files.Quote.Length == 1 && record[i] == files.Quote[0])
            {
                if (quoted && i + 1 < record.Length && record[i + 1] == files.Quote[0]) field.Append(record[i++]);
                else quoted = !quoted;
            }
            else if (!quoted && string.CompareOrdinal(record, i, files.Delimiter, 0, files.Delimiter.Length) == 0)
            {
                yield return field.ToString();
                field.Clear();
                i += files.Delimiter.Length - 1;
            }
            else
            {
                field.Append(record[i]);
            }
        }
        yield return field.ToString();
    }

    private static Encoding EncodingOf(string name) => name switch
    {
        "latin-1" => Encoding.Latin1,
        "utf-16" => Encoding.Unicode,
        _ => Encoding.UTF8,
    };
}
