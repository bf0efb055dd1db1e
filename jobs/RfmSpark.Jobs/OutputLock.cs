using RfmSpark.Engine;
using RfmSpark.Jobs.Commands;
using RfmSpark.Spark;

namespace RfmSpark.Jobs;

/// <summary>
/// Keeps a second run away from an output while one writes to it. It ends with the process, however that ends. An output that is not on this machine has none: there the tables themselves refuse a
/// run that another has overtaken.
/// </summary>
internal sealed class OutputLock : IDisposable
{
    private const string Name = ".rfmspark.lock";
    private const string LocalScheme = "file:";
    private readonly string _output;
    private readonly string _folder;
    private FileStream? _held;

    /// <summary>Takes the lock if the folder is there already; a run that fails on its orders leaves no folder behind.</summary>
    /// <exception cref="EngineFault">Another run has it, or nothing can be written there.</exception>
    internal OutputLock(string output)
    {
        _output = output;
        // As Hadoop reads it: nothing is escaped in it.
        _folder = output.StartsWith(LocalScheme, StringComparison.Ordinal) ? "/" + output[LocalScheme.Length..].TrimStart('/') : output;
        if (Directory.Exists(_folder)) Take();
    }

    /// <summary>Takes the lock, before the first table is written by <paramref name="engine"/>; makes the folder. Repeating it does nothing.</summary>
    /// <exception cref="EngineFault">Another run has it, or the folder cannot be made.</exception>
    internal void Take(IEngine engine)
    {
        if (JobOptions.IsUri(_folder) || (engine is SparkEngine spark && !spark.IsLocal(_output))) return;
        Take();
    }

    private void Take()
    {
        if (_held is not null) return;
        MakeFolder();
        var path = Path.Combine(_folder, Name);
        try
        {
            // Not deleted at the end: a third run could then lock a file that a second one is waiting for by name.
            _held = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1);
        }
        catch (Exception denied) when (denied is IOException or UnauthorizedAccessException)
        {
            throw new EngineFault(IsHeld(path)
                ? $"{_output}: another run writes to these tables. Wait until it is over, or name another --out."
                : $"{_output} cannot be written to: {denied.Message}", denied);
        }
    }

    // On a disk that can only be read nobody holds it, and yet it cannot be taken.
    private static bool IsHeld(string path)
    {
        try
        {
            new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.None, 1).Dispose();
            return false;
        }
        catch (IOException)
        {
            return File.Exists(path);
        }
        catch (UnauthorizedAccessException)
        {
            return false;
        }
    }

    public void Dispose() => _held?.Dispose();

    private void MakeFolder()
    {
        try
        {
            Directory.CreateDirectory(_folder);
        }
        catch (Exception denied) when (denied is IOException or UnauthorizedAccessException)
        {
            throw new EngineFault($"{_output} cannot be made: {denied.Message}", denied);
        }
    }
}
