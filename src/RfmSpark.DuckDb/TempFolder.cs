namespace RfmSpark.DuckDb;

/// <summary>
/// A folder for what is unpacked, staged and spilled, which nobody else on the machine can read. It goes with the engine; what a process that was killed has left behind goes when the next one
/// starts: orders do not lie about.
/// </summary>
internal sealed class TempFolder : IDisposable
{
    private const string Prefix = "rfmspark-", LockName = ".lock";

    // So long that no process is still about to lock its folder.
    private static readonly TimeSpan Settled = TimeSpan.FromMinutes(10);
    private readonly FileStream _lock;

    /// <param name="parent">Null for the system's folder for temporary files.</param>
    /// <exception cref="EngineFault">It cannot be made.</exception>
    internal TempFolder(string? parent)
    {
        parent ??= System.IO.Path.GetTempPath();
        try
        {
            SweepLeftOvers(parent);
            Path = System.IO.Path.Combine(parent, Prefix + Guid.NewGuid().ToString("N"));
            if (OperatingSystem.IsWindows()) Directory.CreateDirectory(Path);
            else Directory.CreateDirectory(Path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            _lock = Locked(Path);
        }
        catch (Exception failed) when (failed is IOException or UnauthorizedAccessException)
        {
            throw new EngineFault($"No folder for temporary data can be made: {failed.Message} Set engine.tempDirectory to a folder that can be written to.", failed);
        }
    }

    /// <summary>The folder.</summary>
    internal string Path { get; }

    public void Dispose()
    {
        _lock.Dispose();
        Delete(Path);
    }

    private static void SweepLeftOvers(string parent)
    {
        if (!Directory.Exists(parent)) return;
        var settled = TimeProvider.System.GetUtcNow() - Settled;
        foreach (var folder in Directory.EnumerateDirectories(parent, Prefix + "*"))
        {
            try
            {
                var file = System.IO.Path.Combine(folder, LockName);
                if (!File.Exists(file) || File.GetLastWriteTimeUtc(file) > settled) continue;
                Locked(folder).Dispose();
                Delete(folder);
            }
            catch (Exception inUse) when (inUse is IOException or UnauthorizedAccessException)
            {
                // Its process lives, or is somebody else's.
            }
        }
    }

    // A lock ends with its process, however that ends.
    private static FileStream Locked(string folder) => new(System.IO.Path.Combine(folder, LockName), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1);

    private static void Delete(string folder)
    {
        try
        {
            Directory.Delete(folder, recursive: true);
        }
        catch (IOException)
        {
            // What cannot be deleted now is swept later, and must not hide the run's own end.
        }
    }
}
