using System.Diagnostics;

namespace RfmSpark.EngineTests;

/// <summary>The program as a user starts it, in a process of its own.</summary>
internal static class JobProcess
{
    private static readonly TimeSpan LongestRun = TimeSpan.FromMinutes(5);

    /// <summary>Starts it; the caller waits or kills.</summary>
    internal static Process Start(params IReadOnlyList<string> arguments) => StartIn(Environment.CurrentDirectory, arguments);

    internal static Process StartIn(string folder, IReadOnlyList<string> arguments, IReadOnlyDictionary<string, string>? environment = null)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "RfmSpark.Jobs.dll"), .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = folder,
        };
        start.Environment["RFMSPARK_HOME"] = Checkout.Root;
        foreach (var (variable, value) in environment ?? new Dictionary<string, string>()) start.Environment[variable] = value;
        return Process.Start(start)!;
    }

    /// <summary>Runs it to its end.</summary>
    internal static (int ExitCode, string Output, string Log) Run(params IReadOnlyList<string> arguments) => End(Start(arguments));

    /// <summary>Waits for the end of one that was started.</summary>
    internal static (int ExitCode, string Output, string Log) End(Process started)
    {
        using var process = started;
        var log = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEndAsync();
        if (!process.WaitForExit(LongestRun))
        {
            process.Kill(entireProcessTree: true);
            Assert.Fail($"The program has not ended in {LongestRun.TotalMinutes} minutes: {log.Result}");
        }
        return (process.ExitCode, output.Result, log.Result);
    }
}
