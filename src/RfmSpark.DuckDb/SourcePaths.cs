using RfmSpark.Engine;

namespace RfmSpark.DuckDb;

/// <summary>Finds the files that the client's paths name: files, globs, folders, Delta tables.</summary>
internal sealed class SourcePaths(QueryRunner runner, Dialect dialect)
{
    private static readonly string[] Databases = ["postgres", "postgresql", "mysql", "jdbc", "sqlserver", "snowflake", "bigquery"];

    /// <summary>The files in a fixed order, and their one format.</summary>
    /// <exception cref="DataFault">A path names nothing, a file is empty, or the files are of several formats.</exception>
    internal (IReadOnlyList<string> Paths, FileFormat Format) Find(SourceFiles files)
    {
        if (files.Paths.Count == 0) throw new ConfigFault($"{files.Subject}: no file was named. Give {files.NamedBy} PATH.");
        var found = files.Paths.SelectMany(path => Expand(path, files)).Select(Path.GetFullPath).Order(StringComparer.Ordinal).DistinctBy(RealPath, StringComparer.Ordinal).ToList();
        var formats = found.ToLookup(path => files.Format != FileFormat.Auto ? files.Format : FormatOf(path, files));
        if (formats.Count > 1)
            throw new DataFault($"{files.Subject}: the files are of {formats.Count} formats ({string.Join("; ", formats.Select(f => $"{f.Key}: {f.First()}"))}). "
                + $"Give files of one format at a time. {files.FormatRemedy}.");
        var format = formats.Single().Key;
        if (found.Find(path => format != FileFormat.Delta && !File.Exists(RealPath(path))) is { } gone)
            throw new DataFault($"{files.Subject}: {gone} is a link to nothing, or has just been removed. Put the file there, or take the link away.");
        if (format != FileFormat.Delta && found.Find(path => new FileInfo(path).Length == 0) is { } empty)
            throw new DataFault($"{files.Subject}: {empty} is empty (0 bytes). Was its delivery cut off? Remove it or send it again.");
        return (found, format);
    }

    private IEnumerable<string> Expand(string path, SourceFiles files)
    {
        if (Directory.Exists(path))
        {
            var inside = Inside(path, files);
            return inside.Count > 0 ? inside
                : throw new DataFault($"{files.Subject}: the folder {path} holds no file that ends in {string.Join(", ", SourceFiles.Endings.Keys)} (or these with .gz).");
        }
        if (File.Exists(path)) return [path];
        if (Databases.FirstOrDefault(name => path.StartsWith(name + ":", StringComparison.OrdinalIgnoreCase)) is { } database)
            throw new DataFault($"{files.Subject}: {database} names a database, and files are read: export the table to Parquet or CSV, as COPY does, and name the file.");
        if (path.Contains("://", StringComparison.Ordinal))
            throw new DataFault($"{files.Subject}: {path} is a URI, and without Spark only this machine's file systems are read. "
                + $"Put the options of Spark before the command (./submit.sh --master …), or mount or copy these files.");
        if (path.AsSpan().ContainsAny('*', '?', '['))
        {
            // A pattern may name folders too: these are looked into as one that is named itself, but may hold nothing.
            List<string> matched = [.. Matches(path).Where(File.Exists), .. path.Contains("**", StringComparison.Ordinal) ? [] : Folders(path).SelectMany(folder => Inside(folder, files))];
            return matched.Count > 0 ? matched : throw new DataFault($"{files.Subject}: no file matches {path}. Put the pattern in quotes, so that the shell leaves it alone.");
        }
        throw new DataFault($"{files.Subject}: there is no file {Path.GetFullPath(path)}. Check the path given with {files.NamedBy}.");
    }

    // One file is read once, by however many links it is found.
    private static string RealPath(string path)
    {
        if (Path.GetDirectoryName(path) is not { } folder || !Path.Exists(path)) return path;
        var target = (Directory.Exists(path) ? (FileSystemInfo)new DirectoryInfo(path) : new FileInfo(path)).ResolveLinkTarget(returnFinalTarget: true)?.FullName;
        return target is null ? Path.Combine(RealPath(folder), Path.GetFileName(path)) : RealPath(target);
    }

    // A Delta table itself, or the files in a folder and the folders below it.
    private static List<string> Inside(string folder, SourceFiles files)
    {
        var format = files.Format;
        if (Directory.Exists(Path.Combine(folder, "_delta_log")) && format is FileFormat.Auto or FileFormat.Delta) return [Path.TrimEndingDirectorySeparator(folder)];
        return [.. Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
            .Where(file => !Path.GetRelativePath(folder, file).Split(Path.DirectorySeparatorChar).Any(part => part[0] is '.' or '_'))
            .Where(files.IsRead)];
    }

    private IReadOnlyList<string> Matches(string pattern)
    {
        using var matches = runner.Query("orders", pattern, $"SELECT file FROM glob({dialect.Quote(pattern)})");
        return matches.Rows(row => row.Text(0)!);
    }

    // Those that a pattern names, by the files in them.
    private IEnumerable<string> Folders(string pattern)
    {
        var depth = Path.GetFullPath(pattern).TrimEnd('/').Count(c => c == '/');
        return Matches(pattern.TrimEnd('/') + "/**").Select(Path.GetFullPath).Select(file => string.Join('/', file.Split('/').Take(depth + 1))).Distinct(StringComparer.Ordinal)
            .Where(path => Directory.Exists(path) && Path.GetFileName(path)[0] is not ('.' or '_'));
    }

    private static FileFormat FormatOf(string path, SourceFiles files) => Directory.Exists(path) ? FileFormat.Delta : SourceFiles.FormatOf(path)
        ?? throw new ConfigFault($"{files.Subject}: the name of {path} does not tell its format. {files.FormatRemedy}.");
}
