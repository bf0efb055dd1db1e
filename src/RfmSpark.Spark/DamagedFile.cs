using RfmSpark.Spark.Gateway;

namespace RfmSpark.Spark;

/// <summary>A file of the client's that is not what its name promises, or was cut off: the client's to mend, and no fault of the engine.</summary>
internal static class DamagedFile
{
    private static readonly string[] Signs = ["java.util.zip.ZipException", "java.io.EOFException", "is not a Parquet file", "FAILED_READ_FILE.NO_HINT", "could not read page"];

    /// <summary>Whether an exception says so.</summary>
    internal static bool IsToldBy(JavaException thrown) => Signs.Any(sign => thrown.Trace.Contains(sign, StringComparison.Ordinal));

    /// <summary>Whether an exception says so of a file that is given by its path or URI. In a trace that of a local file may have one slash or three.</summary>
    internal static bool IsToldBy(JavaException thrown, string path)
    {
        var name = path.StartsWith("file:", StringComparison.Ordinal) ? "/" + path["file:".Length..].TrimStart('/') : path;
        // As it is, or as a URI, which has blanks and the like encoded.
        return IsToldBy(thrown) && (thrown.Trace.Contains(name, StringComparison.Ordinal) || Uri.UnescapeDataString(thrown.Trace).Contains(name, StringComparison.Ordinal));
    }

    /// <summary>The fault; its reason is the last one in the trace.</summary>
    internal static DataFault Fault(string subject, string path, JavaException thrown)
    {
        var reason = thrown.Trace.Split('\n').Last(line => Signs.Any(sign => line.Contains(sign, StringComparison.Ordinal))).Trim().Replace("Caused by: ", "", StringComparison.Ordinal);
        return new DataFault($"{subject}: {path} is damaged, cut off, or not what its name says ({reason}). Send it again.", thrown);
    }
}
