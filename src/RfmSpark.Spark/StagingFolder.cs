using System.Globalization;
using RfmSpark.Engine;
using RfmSpark.Spark.Gateway;

namespace RfmSpark.Spark;

/// <summary>
/// Rows on their way to Spark: files of Parquet in a folder that every executor sees. They are written through Hadoop's file system in large pieces, or, where that is this machine's own,
/// straight into it: bytes go through the gateway as text.
/// </summary>
internal sealed class StagingFolder(SparkSession session, string folder)
{
    private const int PieceBytes = 1 << 20;
    private readonly HadoopFiles _hadoop = new(session);
    private int _files;

    /// <summary>Writes rows as a file and returns its path.</summary>
    internal string WriteRows<T>(Table table, IEnumerable<T> rows, Action<T, IRowWriter> write)
    {
        var path = string.Create(CultureInfo.InvariantCulture, $"{folder}/{table.Name}-{_files++}.parquet");
        using var stream = Create(path);
        ParquetRows.Write(stream, table, rows, write).GetAwaiter().GetResult();
        return path;
    }

    /// <summary>Deletes the folder, if anything was written into it.</summary>
    internal void Delete()
    {
        if (_files > 0) _hadoop.Delete(folder);
    }

    /// <summary>Makes sure that there is a file system for the folder's kind of URI, before anything is worked out that could not be written.</summary>
    /// <exception cref="JavaException">There is none.</exception>
    internal void RequireFileSystem() => _hadoop.RequireFileSystem(folder);

    private Stream Create(string path)
    {
        if (_hadoop.LocalPath(path) is not { } local) return new BufferedStream(_hadoop.Create(path), PieceBytes);
        Directory.CreateDirectory(Path.GetDirectoryName(local)!);
        return File.Create(local);
    }
}
