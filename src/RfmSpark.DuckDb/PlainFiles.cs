using System.Buffers.Binary;
using System.IO.Compression;
using System.IO.Hashing;
using RfmSpark.Engine;

namespace RfmSpark.DuckDb;

/// <summary>
/// Text files as DuckDB reads them best: unpacked, since it takes a gzip file that is cut off for a whole one, and reads plain files with all cores;
/// and, where a file mixes line ends, with line feeds alone. Keeps the original's name for each copy.
/// </summary>
internal sealed class PlainFiles(Dialect dialect, string temp)
{
    private readonly Dictionary<string, string> _originals = new(StringComparer.Ordinal);

    /// <summary>The file itself if it is plain, else an unpacked copy; <paramref name="subject"/> is what its files are of.</summary>
    /// <exception cref="DataFault">It is no gzip file, or is cut off.</exception>
    internal string Of(string path, string subject)
    {
        if (!path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase)) return path;
        try
        {
            return Copy(path, path, Unpack);
        }
        catch (InvalidDataException broken)
        {
            throw new DataFault($"{subject}: {path} is not a gzip file, or is cut off: {broken.Message} Was its delivery cut off? Send it again.", broken);
        }
    }

    /// <summary>A copy in <paramref name="encoding"/> whose lines end by a line feed alone.</summary>
    internal string WithLineFeeds(string plain, string encoding) =>
        Copy(plain, _originals.GetValueOrDefault(plain, plain), (source, target) => DropCarriageReturns(source, target, encoding == "utf-16"));

    /// <summary>An expression for the original's name, given the column of a copy's.</summary>
    internal string OriginalOf(string column) => _originals.Count == 0 ? column
        : $"CASE {column} {string.Concat(_originals.Select(o => $"WHEN {dialect.Quote(o.Key)} THEN {dialect.Quote(o.Value)} "))}ELSE {column} END";

    private string Copy(string from, string original, Action<Stream, Stream> write)
    {
        var copy = Path.Combine(temp, $"plain-{_originals.Count}");
        using (var source = File.OpenRead(from))
        using (var target = new FileStream(copy, FileMode.Create, FileAccess.ReadWrite)) write(source, target);
        _originals[copy] = original;
        return copy;
    }

    private static void Unpack(Stream source, Stream target)
    {
        using (var plain = new GZipStream(source, CompressionMode.Decompress, leaveOpen: true)) plain.CopyTo(target, 1 << 20);
        CheckEnd(source, target);
    }

    // GZipStream takes the end of the file for the end of the data. The last eight bytes hold the checksum and the length (modulo 2^32) of the last
    // member, which is the whole file but where several were joined.
    private static void CheckEnd(Stream packed, Stream plain)
    {
        Span<byte> trailer = stackalloc byte[8];
        if (packed.Length < trailer.Length) throw new InvalidDataException("its end is missing.");
        packed.Seek(-trailer.Length, SeekOrigin.End);
        packed.ReadExactly(trailer);
        long length = BinaryPrimitives.ReadUInt32LittleEndian(trailer[4..]);
        if (plain.Length % (1L << 32) == length) length = plain.Length;
        if (length > plain.Length) throw new InvalidDataException("its end is missing.");
        plain.Seek(-length, SeekOrigin.End);
        var checksum = new Crc32();
        checksum.Append(plain);
        if (checksum.GetCurrentHashAsUInt32() != BinaryPrimitives.ReadUInt32LittleEndian(trailer)) throw new InvalidDataException("its checksum does not fit.");
    }

    // In UTF-16 a letter is two bytes, either of which may be that of a carriage return in another letter; in the other encodings no letter has such a byte.
    private static void DropCarriageReturns(Stream source, Stream target, bool isUtf16)
    {
        using var buffered = new BufferedStream(target, 1 << 20);
        using var pieces = new BufferedStream(source, 1 << 20);
        var (letter, held) = (new byte[isUtf16 ? 2 : 1], false);   // held: a carriage return whose next letter is not known yet
        var (lineFeed, carriageReturn) = (Letter('\n'), Letter('\r'));
        while (pieces.ReadAtLeast(letter, letter.Length, throwOnEndOfStream: false) is > 0 and var read)
        {
            var now = letter.AsSpan(0, read);
            if (held && !now.SequenceEqual(lineFeed)) buffered.Write(lineFeed);
            held = now.SequenceEqual(carriageReturn);
            if (!held) buffered.Write(now);
        }
        if (held) buffered.Write(lineFeed);

        byte[] Letter(char c) => isUtf16 ? [(byte)c, 0] : [(byte)c];
    }
}
