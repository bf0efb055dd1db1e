using RfmSpark.DuckDb.Native;
using RfmSpark.Engine;

namespace RfmSpark.DuckDb;

/// <summary>
/// The client's Parquet files, which statements read where they lie. What is damaged inside of one is found long after it was loaded, and DuckDB does not always say in which file: when a
/// statement fails, each is read through alone.
/// </summary>
internal sealed class FilesInPlace(Dialect dialect)
{
    private readonly List<(string Subject, string Path)> _files = [];

    /// <summary>Takes note of the files of <paramref name="subject"/>.</summary>
    internal void Add(string subject, IEnumerable<string> paths) => _files.AddRange(paths.Select(path => (subject, path)));

    /// <summary>The fault that a failure of some statement comes from: the first file that <paramref name="read"/> cannot read through. Null if all can be read.</summary>
    internal DataFault? DamageBehind(QueryException failed, Action<string> read)
    {
        if (!failed.MayBeOfFile) return null;
        foreach (var (subject, path) in _files)
        {
            try
            {
                read($"SELECT MAX(HASH(COLUMNS(*))) FROM read_parquet({dialect.Quote(path)})");
            }
            catch (QueryException unreadable) when (unreadable.MayBeOfFile)
            {
                return new DataFault($"{subject}: {path} is damaged inside ({unreadable.Message.Split('\n', 2)[0].Trim()}). Send it again.", failed);
            }
        }
        return null;
    }
}
