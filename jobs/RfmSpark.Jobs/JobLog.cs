using System.Diagnostics;
using System.Globalization;
using RfmSpark.Runs;
using Spectre.Console;

namespace RfmSpark.Jobs;

/// <summary>The log, on standard error: on a terminal a bar for each stage, in a file a line.</summary>
internal sealed class JobLog : IRunLog
{
    private readonly IAnsiConsole? _terminal;
    private readonly ProgressContext? _bars;
    private volatile ProgressTask? _bar;

    private JobLog(IAnsiConsole? terminal, ProgressContext? bars)
    {
        _terminal = terminal;
        _bars = bars;
    }

    /// <summary>Does <paramref name="work"/> with a log that fits where standard error goes; it is also given what reports a query's progress.</summary>
    internal static T With<T>(Func<JobLog, T> work)
    {
        if (Console.IsErrorRedirected) return work(new JobLog(null, null));
        var terminal = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });
        return terminal.Progress().AutoClear(false)
            .Columns(new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn(), new PercentageColumn(), new ElapsedTimeColumn())
            .Start(bars => work(new JobLog(terminal, bars)));
    }

    /// <summary>Takes in how much of the running query is done, 0 to 100.</summary>
    internal void Progress(double percent)
    {
        if (_bar is { } bar) bar.Value = Math.Max(bar.Value, percent);
    }

    /// <inheritdoc/>
    public IDisposable Stage(string name)
    {
        if (_bars is not null) _bar = _bars.AddTask(name);
        return new RunningStage(this, name);
    }

    /// <inheritdoc/>
    public void Info(string message) => Line("INFO", message);

    /// <inheritdoc/>
    public void Warn(string message) => Line("WARN", message);

    // A line on a terminal goes through the console that draws the bars, which moves them out of its way.
    private void Line(string level, string message)
    {
        var line = string.Create(CultureInfo.InvariantCulture, $"{TimeProvider.System.GetLocalNow():HH:mm:ss} {level} {message}");
        if (_terminal is not null) _terminal.WriteLine(line);
        else Console.Error.WriteLine(line);
    }

    private sealed class RunningStage(JobLog log, string name) : IDisposable
    {
        private readonly long _start = Stopwatch.GetTimestamp();

        public void Dispose()
        {
            if (log._bar is { } bar)
            {
                bar.Value = bar.MaxValue;
                bar.StopTask();
                log._bar = null;
            }
            else
            {
                log.Info(string.Create(CultureInfo.InvariantCulture, $"{name}: {Stopwatch.GetElapsedTime(_start).TotalSeconds:0.00} s"));
            }
        }
    }
}
