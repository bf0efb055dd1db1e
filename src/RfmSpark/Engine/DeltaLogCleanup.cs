using System.Globalization;

namespace RfmSpark.Engine;

/// <summary>Which files of a Delta table's log are still needed once a version has a checkpoint (PROTOCOL.md, "Metadata Cleanup").</summary>
public static class DeltaLogCleanup
{
    private const string Hint = "_last_checkpoint";
    private const int VersionDigits = 20;

    /// <summary>
    /// Whether the file <paramref name="name"/> is of <paramref name="version"/> or a later one (its entry, checkpoint, checksum, or the checksum that Hadoop lays beside
    /// a file), or of no version. What a writer that was killed has left under a name of its own is not needed.
    /// </summary>
    public static bool IsNeeded(string name, long version)
    {
        var plain = name.TrimStart('.');
        if (plain.EndsWith(".tmp", StringComparison.Ordinal)) return false;
        if (plain.StartsWith('_')) return !plain.StartsWith(Hint + ".", StringComparison.Ordinal) || plain == Hint + ".crc";
        return plain.Length > VersionDigits && plain[VersionDigits] == '.'
            && long.TryParse(plain.AsSpan(0, VersionDigits), NumberStyles.None, CultureInfo.InvariantCulture, out var of) && of >= version;
    }
}
