using System.Diagnostics;
using System.Globalization;

namespace RfmSpark.EngineTests;

/// <summary><c>submit.sh</c> as a user starts it, in a process group of its own, so that a test can interrupt it as a terminal does.</summary>
internal sealed class SubmitProcess : IDisposable
{
    private readonly Process _process;
    private readonly List<string> _lines = [];

    internal SubmitProcess(IReadOnlyDictionary<string, string> environment, params IReadOnlyList<string> arguments)
        : this("bash", [Path.Combine(Checkout.Root, "submit.sh"), .. arguments], environment, Checkout.Root) { }

    private SubmitProcess(string program, IReadOnlyList<string> arguments, IReadOnlyDictionary<string, string> environment, string folder)
    {
        var start = new ProcessStartInfo("setsid", [program, .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = folder };
        foreach (var (name, value) in environment) start.Environment[name] = value;
        _process = Process.Start(start)!;
        _process.OutputDataReceived += (_, line) => Add(line.Data);
        _process.ErrorDataReceived += (_, line) => Add(line.Data);
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    /// <summary>The process that was started, which becomes Spark's JVM.</summary>
    internal int Id => _process.Id;

    /// <summary>What it has printed so far, on both streams: the driver's own log comes through Spark's standard output.</summary>
    internal string Printed
    {
        get { lock (_lines) return string.Join('\n', _lines); }
    }

    /// <summary>Runs it to its end.</summary>
    internal static (int ExitCode, string Printed) Run(IReadOnlyDictionary<string, string> environment, params IReadOnlyList<string> arguments)
    {
        using var process = new SubmitProcess(environment, arguments);
        return (process.Wait(), process.Printed);
    }

    /// <summary>Runs any program in a folder to its end.</summary>
    internal static (int ExitCode, string Printed) RunIn(string folder, string program, IReadOnlyList<string> arguments, IReadOnlyDictionary<string, string> environment)
    {
        using var process = new SubmitProcess(program, arguments, environment, folder);
        return (process.Wait(), process.Printed);
    }

    internal int Wait()
    {
        if (!_process.WaitForExit(TimeSpan.FromMinutes(10))) Assert.Fail($"It does not end. It has printed:\n{Printed}");
        _process.WaitForExit();
        return _process.ExitCode;
    }

    internal void WaitFor(string text)
    {
        for (var waited = 0; !Printed.Contains(text, StringComparison.Ordinal); waited++)
        {
            Assert.False(_process.HasExited || waited > 3000, $"'{text}' was not printed, but:\n{Printed}");
            Thread.Sleep(100);
        }
    }

    /// <summary>What Ctrl-C does: an interrupt to every process of the group.</summary>
    internal void Interrupt() => Process.Start("kill", ["-INT", "--", "-" + _process.Id.ToString(CultureInfo.InvariantCulture)]).WaitForExit();

    public void Dispose()
    {
        if (!_process.HasExited) Process.Start("kill", ["-KILL", "--", "-" + _process.Id.ToString(CultureInfo.InvariantCulture)]).WaitForExit();
        _process.Dispose();
    }

    private void Add(string? line)
    {
        if (line is null) return;
        lock (_lines) _lines.Add(line);
    }
}
