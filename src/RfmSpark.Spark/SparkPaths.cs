using RfmSpark.Engine;

namespace RfmSpark.Spark;

/// <summary>The client's paths as files of one format: folders are looked into, patterns expanded, Delta tables recognised.</summary>
internal sealed class SparkPaths(HadoopFiles hadoop)
{
    /// <summary>The files to read, or the folders of Delta tables, in a fixed order.</summary>
    /// <exception cref="DataFault">A path names nothing, a file is empty, or the files are of several formats.</exception>
    internal (IReadOnlyList<string> Paths, FileFormat Format) Find(SourceFiles files)
    {
        if (files.Paths.Count == 0) throw new ConfigFault($"{files.Subject}: no file was named. Give {files.NamedBy} PATH.");
        var found = files.Paths.SelectMany(path => Expand(path, files)).DistinctBy(f => f.Path).OrderBy(f => f.Path, StringComparer.Ordinal).ToList();
        var formats = found.ToLookup(f => f.Format);
        if (formats.Count > 1)
            throw new DataFault($"{files.Subject}: the files are of {formats.Count} formats ({string.Join("; ", formats.Select(f => $"{f.Key}: {f.First().Path}"))}). "
                + $"Give files of one format at a time. {files.FormatRemedy}.");
        return ([.. found.Select(f => f.Path)], formats.Single().Key);
    }

    private IEnumerable<(string Path, FileFormat Format)> Expand(string path, SourceFiles files)
    {
        // A slash at the end asks for folders, which Hadoop passes over.
        var matches = hadoop.Match(path).Where(match => match.IsFolder || !path.EndsWith('/')).ToList();
        if (matches is [{ IsFolder: true } named] && LastPart(named.File.Path) == LastPart(path))
        {
            var inside = Inside(named.File.Path, files);
            return inside.Count > 0 ? inside
                : throw new DataFault($"{files.Subject}: the folder {path} holds no file that ends in {string.Join(", ", SourceFiles.Endings.Keys)} (or these with .gz).");
        }
        // A folder that a pattern has named may hold nothing, or be one in which other programs keep their own things.
        var found = matches.SelectMany(match => !match.IsFolder ? [(NotEmpty(match.File, files), FormatOf(match.File.Path, files))]
            : LastPart(match.File.Path)[0] is '.' or '_' ? [] : Inside(match.File.Path, files)).ToList();
        return found.Count > 0 ? found
            : throw new DataFault($"{files.Subject}: there is no file {path}. "
                + $"Check the path given with {files.NamedBy}, and put a pattern in quotes, so that the shell leaves it alone.");
    }

    private List<(string Path, FileFormat Format)> Inside(string path, SourceFiles files)
    {
        var format = files.Format;
        if (format is FileFormat.Auto or FileFormat.Delta && hadoop.Exists(path + "/_delta_log")) return [(path, FileFormat.Delta)];
        return [.. hadoop.Inside(path)
            .Where(file => !file.Path[path.Length..].Split('/', StringSplitOptions.RemoveEmptyEntries).Any(part => part[0] is '.' or '_'))
            .Where(file => files.IsRead(file.Path))
            .Select(file => (NotEmpty(file, files), FormatOf(file.Path, files)))];
    }

    private static string LastPart(string path) => path.TrimEnd('/').Split('/')[^1];

    private static string NotEmpty(HadoopFile file, SourceFiles files) => file.Bytes > 0 ? file.Path
        : throw new DataFault($"{files.Subject}: {file.Path} is empty (0 bytes). Was its delivery cut off? Remove it or send it again.");

    private static FileFormat FormatOf(string path, SourceFiles files) => files.Format != FileFormat.Auto ? files.Format : SourceFiles.FormatOf(path)
        ?? throw new ConfigFault($"{files.Subject}: the name of {path} does not tell its format. {files.FormatRemedy}.");
}
