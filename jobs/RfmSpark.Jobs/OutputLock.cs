namespace RfmSpark.Jobs;

/// <summary>Keeps a second run away from an output while one writes to it. It ends with the process, however that ends.</summary>
internal static class OutputLock
{
    private const string Name = ".rfmspark.lock";

    /// <summary>The same of a folder that is there already; null if it is not, since a run that fails on its orders leaves none behind.</summary>
    internal static IDisposable? TakeIfThere(string output) => Directory.Exists(output) ? Take(output) : null;

    /// <summary>
    /// Takes the lock of a folder of this machine, to be disposed when the run is over. An output by URI has none: there the tables themselves refuse a run that another has overtaken.
    /// </summary>
    /// <exception cref="EngineFault">Another run has it, or the folder cannot be written to.</exception>
    internal static IDisposable? Take(string output)
    {
        if (output.Contains("://", StringComparison.Ordinal)) return null;
        Directory.CreateDirectory(output);
        try
        {
            // Not deleted at the end: a third run could then lock a file that a second one is waiting for by name.
            return new FileStream(Path.Combine(output, Name), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1);
        }
        catch (IOException taken) when (taken is not (DirectoryNotFoundException or PathTooLongException) && File.Exists(Path.Combine(output, Name)))
        {
            throw new EngineFault($"{output}: another run writes to these tables. Wait until it is over, or name another --out.", taken);
        }
    }
}
