using RfmSpark.Engine;

namespace RfmSpark.DuckDb.Delta;

/// <summary>Deletes everything of a table but its present version. The log goes too: its entries hold the least and the greatest value of each column of each file.</summary>
internal sealed class DeltaVacuum(QueryRunner runner, Dialect dialect)
{
    private readonly DeltaCheckpoint _checkpoints = new(runner, dialect);

    /// <summary>See <see cref="IEngine.Vacuum"/>.</summary>
    internal void Vacuum(string path)
    {
        var log = new DeltaLog(path, _checkpoints);
        if (log.Read(forWriting: true) is not { } snapshot) return;
        try
        {
            _checkpoints.Write(log.Folder, snapshot, TimeProvider.System.GetUtcNow());
        }
        catch (Exception failed) when (failed is IOException or UnauthorizedAccessException)
        {
            throw new EngineFault($"{log.Folder} takes no checkpoint: {failed.Message} "
                + $"No file was deleted, so rows that were removed are still in those of older versions. Mend that and repeat the command.", failed);
        }
        CheckWritten(log.Folder, snapshot);

        var present = snapshot.Files.Select(f => Path.GetFullPath(f.In(path))).ToHashSet(StringComparer.Ordinal);
        foreach (var file in Directory.EnumerateFiles(path, "*.parquet", SearchOption.AllDirectories).Select(Path.GetFullPath).Order(StringComparer.Ordinal).ToList())
        {
            if (present.Contains(file) || file.StartsWith(Path.GetFullPath(log.Folder) + Path.DirectorySeparatorChar, StringComparison.Ordinal)) continue;
            Delete(file);
            // Hadoop's local file system leaves a checksum beside each file.
            Delete(Path.Combine(Path.GetDirectoryName(file)!, $".{Path.GetFileName(file)}.crc"));
        }
        // The oldest first: whatever ends this before its end leaves a log that reaches from some version to the newest.
        foreach (var file in Directory.EnumerateFiles(log.Folder).Order(StringComparer.Ordinal).Where(f => !DeltaLogCleanup.IsNeeded(Path.GetFileName(f), snapshot.Version)).ToList()) Delete(file);
    }

    // All else is deleted, so what is left must be readable.
    private void CheckWritten(string folder, DeltaSnapshot snapshot)
    {
        var written = new DeltaSnapshot();
        foreach (var action in _checkpoints.Read([Path.Combine(folder, DeltaLog.NameOf(snapshot.Version) + ".checkpoint.parquet")])) written.Apply(action);
        if (!written.Files.Select(f => f.Path).ToHashSet(StringComparer.Ordinal).SetEquals(snapshot.Files.Select(f => f.Path)))
            throw new InvalidOperationException($"The checkpoint of version {snapshot.Version} in {folder} "
                + $"has {written.Files.Count} files where the log has {snapshot.Files.Count}; nothing was deleted.");
    }

    private static void Delete(string file)
    {
        try
        {
            File.Delete(file);
        }
        catch (Exception failed) when (failed is IOException or UnauthorizedAccessException)
        {
            throw new EngineFault($"{file} cannot be deleted: {failed.Message} Rows that were removed may still be in it. Mend that and repeat the command.", failed);
        }
    }
}
