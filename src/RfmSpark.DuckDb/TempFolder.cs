using System.Text.RegularExpressions;

namespace RfmSpark.DuckDb;

/// <summary>
/// A folder for what is unpacked, staged and spilled, which nobody else on the machine can read. It goes with the engine; what a process that was killed has left behind goes when the next one
/// starts, so that no orders are left lying around.
/// </summary>
internal sealed partial class TempFolder : IDisposable
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
            Path = System.IO.Path.Combine(parent, Prefix + Guid.NewGuid().ToString("N"));
            if (OperatingSystem.IsWindows()) Directory.CreateDirectory(Path);
            else Directory.CreateDirectory(Path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            _lock = new FileStream(LockOf(Path), FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, 1);
        }
        catch (Exception failed) when (failed is IOException or UnauthorizedAccessException)
        {
            throw new EngineFault($"No folder for temporary data can be made: {failed.Message} Set engine.tempDirectory to a folder that can be written to.", failed);
        }
        SweepLeftOvers(parent);
    }

    /// <summary>The folder.</summary>
    internal string Path { get; }

    public void Dispose()
    {
        _lock.Dispose();
        Delete(Path);
    }

    private void SweepLeftOvers(string parent)
    {
        // Where a lock keeps nobody out, as on some network file systems, a folder in use cannot be told from one that was left.
        if (CanLock(Path)) return;
        var settled = TimeProvider.System.GetUtcNow() - Settled;
        foreach (var folder in LeftIn(parent))
        {
            // Others may write to this folder too: what a link of theirs leads to is not ours.
            var isOurs = new DirectoryInfo(folder).LinkTarget is null && new FileInfo(LockOf(folder)) is { Exists: true, LinkTarget: null } file && file.LastWriteTimeUtc <= settled;
            if (isOurs && CanLock(folder)) Delete(folder);
        }
    }

    private static List<string> LeftIn(string parent)
    {
        try
        {
            return [.. Directory.EnumerateDirectories(parent, Prefix + "*").Where(folder => OwnName().IsMatch(System.IO.Path.GetFileName(folder)))];
        }
        catch (Exception unseen) when (unseen is IOException or UnauthorizedAccessException)
        {
            // It may be written to and not be looked into.
            return [];
        }
    }

    // A lock ends with its process, however that ends; a folder of another user cannot be locked.
    private static bool CanLock(string folder)
    {
        try
        {
            new FileStream(LockOf(folder), FileMode.Open, FileAccess.ReadWrite, FileShare.None, 1).Dispose();
            return true;
        }
        catch (Exception inUse) when (inUse is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private static string LockOf(string folder) => System.IO.Path.Combine(folder, LockName);

    [GeneratedRegex("^" + Prefix + "[0-9a-f]{32}$")]
    private static partial Regex OwnName();

    private static void Delete(string folder)
    {
        try
        {
            Directory.Delete(folder, recursive: true);
        }
        catch (Exception failed) when (failed is IOException or UnauthorizedAccessException)
        {
            // What cannot be deleted now is swept later, and must not hide the run's own end.
        }
    }
}
