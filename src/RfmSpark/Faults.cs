namespace RfmSpark;

/// <summary>
/// Something that a person other than us must put right. The message says what is wrong, where, how many, samples,
/// and what to do; <see cref="ExitCode"/> tells a scheduler who that person is.
/// </summary>
public abstract class Fault(string message, int exitCode, Exception? cause = null) : Exception(message, cause)
{
    /// <summary>The exit code of a run that this fault ends.</summary>
    public int ExitCode { get; } = exitCode;
}

/// <summary>The configuration or the command line is wrong: whoever wrote it must act. Exit code 2.</summary>
public sealed class ConfigFault : Fault
{
    /// <summary>One fault.</summary>
    public ConfigFault(string message, Exception? cause = null) : base(message, 2, cause) { }

    /// <summary>All faults of one configuration, reported together so that they can be mended together.</summary>
    public ConfigFault(IReadOnlyList<string> faults)
        : base(faults.Count == 1 ? faults[0] : $"{faults.Count} faults in the configuration:{Environment.NewLine}  {string.Join($"{Environment.NewLine}  ", faults)}", 2) { }
}

/// <summary>The orders are wrong: whoever sends them must act. Exit code 3.</summary>
public sealed class DataFault(string message, Exception? cause = null) : Fault(message, 3, cause);

/// <summary>The engine or the storage under it failed: whoever runs it must act. Exit code 4.</summary>
public sealed class EngineFault(string message, Exception? cause = null) : Fault(message, 4, cause);
