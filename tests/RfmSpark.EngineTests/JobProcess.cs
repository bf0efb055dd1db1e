using System.Diagnostics;

namespace RfmSpark.EngineTests;

/// <summary>The program as a user starts it, in a process of its own.</summary>
internal static class JobProcess
{
    /// <summary>Starts it; the caller waits or kills.</summary>
    internal static Process Start(params IReadOnlyList<string> arguments) => StartIn(Environment.CurrentDirectory, arguments);

    internal static Process StartIn(string folder, IReadOnlyList<string> arguments)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "RfmSpark.Jobs.dll"), .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = folder,
        };
        start.Environment["RFMSPARK_HOME"] = Checkout.Root;
        return Process.Start(start)!;
    }

    /// <summary>Runs it to its end.</summary>
    internal static (int ExitCode, string Output, string Log) Run(params IReadOnlyList<string> arguments)
    {
        using var process = Start(arguments);
        var log = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output, log.Result);
    }
}
