using System.Globalization;
using System.Text.RegularExpressions;
using RfmSpark.Engine;
using RfmSpark.Spark.Gateway;

namespace RfmSpark.Spark;

/// <summary>A file, as Hadoop lists it.</summary>
/// <param name="Path">Its whole path or URI.</param>
/// <param name="Bytes">Its size.</param>
internal readonly record struct HadoopFile(string Path, long Bytes);

/// <summary>Files and folders by the paths and URIs that the cluster's Hadoop reads.</summary>
internal sealed partial class HadoopFiles(SparkSession session)
{
    /// <summary>Makes sure that there is a file system for a path's kind of URI; nothing is looked at in it.</summary>
    /// <exception cref="JavaException">There is none.</exception>
    internal void RequireFileSystem(string path)
    {
        using var target = Path(path);
        FileSystemOf(target).Dispose();
    }

    /// <summary>Whether there is a file or folder of that path.</summary>
    internal bool Exists(string path)
    {
        using var target = Path(path);
        using var files = FileSystemOf(target);
        return files.Call("exists", target) is true;
    }

    /// <summary>What a path or pattern names: files and folders. What has that very name is meant by it, whatever letters of a pattern are in it.</summary>
    internal IReadOnlyList<(HadoopFile File, bool IsFolder)> Match(string pattern)
    {
        using var target = Path(pattern);
        using var files = FileSystemOf(target);
        if (files.Call("exists", target) is true)
        {
            using var status = files.Get("getFileStatus", target);
            return [(FileOf(status), status.Call("isDirectory") is true)];
        }
        using var found = Glob(files, target);
        if (found is null) return [];
        List<(HadoopFile, bool)> matches = [];
        var count = (int)session.Gateway.Static("java.lang.reflect.Array", "getLength", found)!;
        for (var i = 0; i < count; i++)
        {
            using var status = (JavaObject)session.Gateway.Static("java.lang.reflect.Array", "get", found, i)!;
            matches.Add((FileOf(status), status.Call("isDirectory") is true));
        }
        return matches;
    }

    private static JavaObject? Glob(JavaObject files, JavaObject pattern)
    {
        try
        {
            return (JavaObject?)files.Call("globStatus", pattern);
        }
        catch (JavaException wrong) when (wrong.Trace.Contains("Illegal file pattern", StringComparison.Ordinal))
        {
            // A bracket that does not close names nothing.
            return null;
        }
    }

    /// <summary>Paths that were found, in the form in which Spark's readers, which take all paths for patterns, look for these alone.</summary>
    internal static string[] Literally(IEnumerable<string> paths) => [.. paths.Select(path => PatternLetter().Replace(path, @"\$0"))];

    /// <summary>All files in a folder and the folders below it.</summary>
    internal IReadOnlyList<HadoopFile> Inside(string folder)
    {
        using var target = Path(folder);
        using var files = FileSystemOf(target);
        using var iterator = files.Get("listFiles", target, true);
        List<HadoopFile> inside = [];
        while (iterator.Call("hasNext") is true)
        {
            using var status = iterator.Get("next");
            inside.Add(FileOf(status));
        }
        return inside;
    }

    /// <summary>The first line of a text file, plain or .gz; null if it is empty.</summary>
    internal string? FirstLine(string path, string charset)
    {
        using var target = Path(path);
        using var files = FileSystemOf(target);
        using var bytes = files.Get("open", target);
        try
        {
            using var plain = path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? session.Gateway.New("java.util.zip.GZIPInputStream", bytes) : null;
            using var text = session.Gateway.New("java.io.InputStreamReader", plain ?? bytes, charset);
            using var reader = session.Gateway.New("java.io.BufferedReader", text);
            return (string?)reader.Call("readLine");
        }
        finally
        {
            bytes.Call("close");
        }
    }

    /// <summary>Writes a file whole, in place of one of that name. An object store shows it when it is whole; HDFS may show a part of it.</summary>
    internal void Write(string path, ReadOnlyMemory<byte> content)
    {
        // Hadoop would write into the file that readers see, and leave a file with its checksum beside it.
        if (LocalPath(path) is { } here)
        {
            WholeFile.Write(here, content);
            return;
        }
        using var stream = Create(path);
        stream.Write(content.Span);
    }

    /// <summary>A stream that writes a new file.</summary>
    internal Stream Create(string path)
    {
        using var target = Path(path);
        using var files = FileSystemOf(target);
        return new HadoopStream(files.Get("create", target, true));
    }

    /// <summary>Where a path lies on this machine's own file system, on which the JVM's driver runs too; null if it lies on another.</summary>
    internal string? LocalPath(string path)
    {
        using var target = Path(path);
        using var files = FileSystemOf(target);
        using var root = files.Get("getUri");
        if (root.Call("getScheme") is not "file") return null;
        using var whole = files.Get("makeQualified", target);
        using var location = whole.Get("toUri");
        return (string)location.Call("getPath")!;
    }

    /// <summary>Deletes a folder and what is in it; none is no error.</summary>
    internal void Delete(string folder)
    {
        using var target = Path(folder);
        using var files = FileSystemOf(target);
        files.Call("delete", target, true);
    }

    [GeneratedRegex(@"[\[\]{}*?\\]")]
    private static partial Regex PatternLetter();

    private static HadoopFile FileOf(JavaObject status)
    {
        using var path = status.Get("getPath");
        return new HadoopFile((string)path.Call("toString")!, Convert.ToInt64(status.Call("getLen"), CultureInfo.InvariantCulture));
    }

    private JavaObject Path(string path) => session.Gateway.New("org.apache.hadoop.fs.Path", path);

    private JavaObject FileSystemOf(JavaObject path)
    {
        using var context = session.Java.Get("sparkContext");
        using var configuration = context.Get("hadoopConfiguration");
        return path.Get("getFileSystem", configuration);
    }
}
