using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using RfmSpark.Engine;
using RfmSpark.Runs;
using Spectre.Console;

namespace RfmSpark.Jobs;

/// <summary>How the log is written.</summary>
/// <param name="Json">One JSON object a line, instead of text.</param>
/// <param name="Quiet">Warnings and faults alone.</param>
internal sealed record LogStyle(bool Json, bool Quiet);

/// <summary>The log, on standard error: on a terminal a bar for each stage, in a file a line.</summary>
internal sealed class JobLog : IRunLog
{
    private static readonly TimeSpan LineEvery = TimeSpan.FromSeconds(10);
    // Whoever reads JSON lines reads UTF-8.
    private static readonly JsonSerializerOptions Plain = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private readonly IAnsiConsole? _terminal;
    private readonly ProgressContext? _bars;
    private volatile ProgressTask? _bar;
    private volatile string? _stage;
    private long _lastLine = Stopwatch.GetTimestamp();

    private JobLog(IAnsiConsole? terminal, ProgressContext? bars)
    {
        _terminal = terminal;
        _bars = bars;
    }

    /// <summary>The process has one log; its style is known before the first line.</summary>
    internal static LogStyle Style { get; set; } = new(false, false);

    /// <summary>The option that every command has for the form of the log.</summary>
    internal static Option<string> FormOption() =>
        new Option<string>("--log") { Description = "The log on standard error: text, or json (one object a line).", DefaultValueFactory = _ => "text", Recursive = true }
            .AcceptOnlyFromAmong("text", "json");

    /// <summary>The option that every command has for a short log.</summary>
    internal static Option<bool> QuietOption() => new("--quiet") { Description = "Log warnings and faults alone.", Recursive = true };

    /// <summary>The last line of a program that failed.</summary>
    internal static void Error(string message) => Alone("ERROR", message);

    /// <summary>What the reader of a result should know of it, in a program that has no log.</summary>
    internal static void Remark(string message) => Alone("WARN", message);

    private static void Alone(string level, string message) => Print(Style.Json ? Object(level, message, null) : message);

    // What is said of the work must not end it: the log may go to a disk that is full.
    private static void Print(string line)
    {
        try
        {
            Console.Error.WriteLine(line);
        }
        catch (IOException) when (Console.IsErrorRedirected)
        {
        }
    }

    /// <summary>Does <paramref name="work"/> with a log that fits where standard error goes; it is also given what reports a query's progress.</summary>
    internal static T With<T>(Func<JobLog, T> work)
    {
        if (Style.Json || Style.Quiet || Terminal() is not { } terminal) return work(new JobLog(null, null));
        return terminal.Progress().AutoClear(false)
            .Columns(new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn(), new PercentageColumn(), new ElapsedTimeColumn())
            .Start(bars => work(new JobLog(terminal, bars)));
    }

    // Under spark-submit what this process prints goes through a pipe of the JVM; submit.sh, which saw the terminal, names it.
    private static IAnsiConsole? Terminal()
    {
        if (!Console.IsErrorRedirected) return AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });
        if (Environment.GetEnvironmentVariable("RFMSPARK_TERMINAL") is not { Length: > 0 } device || Environment.GetEnvironmentVariable("RFMSPARK_COLUMNS") is not { } columns) return null;
        if (Opened(device) is not { } stream) return null;
        var writer = new StreamWriter(stream, new System.Text.UTF8Encoding(false)) { AutoFlush = true };
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(writer), Ansi = AnsiSupport.Yes, Interactive = InteractionSupport.Yes });
        console.Profile.Width = int.TryParse(columns, CultureInfo.InvariantCulture, out var width) && width > 20 ? width : 80;
        return console;
    }

    // Under su the terminal is another user's; without it there are lines in place of bars.
    private static FileStream? Opened(string device)
    {
        try
        {
            return new FileStream(device, FileMode.Open, FileAccess.Write);
        }
        catch (Exception closed) when (closed is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>Takes in how much of the running query is done. A file gets a line where nothing has been said for a while.</summary>
    internal void Progress(EngineProgress progress)
    {
        if (_stage is not { } stage) return;
        if (_bar is { } bar)
        {
            bar.Description = Markup.Escape($"{stage}: {progress.Doing}");
            bar.Value = progress.Percent;
        }
        else if (_terminal is null && Stopwatch.GetElapsedTime(Interlocked.Read(ref _lastLine)) > LineEvery)
        {
            Info($"{stage}: {progress.Doing}, {progress.Percent.ToString("0", CultureInfo.InvariantCulture)} %");
        }
    }

    /// <inheritdoc/>
    public IDisposable Stage(string name)
    {
        if (_bars is not null) _bar = _bars.AddTask(name);
        _stage = name;
        return new RunningStage(this, name);
    }

    /// <inheritdoc/>
    public void Info(string message) => Line("INFO", message);

    /// <inheritdoc/>
    public void Warn(string message) => Line("WARN", message);

    /// <inheritdoc/>
    public void Finished(JsonObject run) => Line("INFO", Style.Json ? "run" : "run " + run.ToJsonString(Plain), run);

    // A line on a terminal goes through the console that draws the bars, which moves them out of its way.
    private void Line(string level, string message, JsonObject? run = null)
    {
        Interlocked.Exchange(ref _lastLine, Stopwatch.GetTimestamp());
        if (Style.Quiet && level == "INFO") return;
        var line = Style.Json ? Object(level, message, run) : string.Create(CultureInfo.InvariantCulture, $"{TimeProvider.System.GetLocalNow():HH:mm:ss} {level} {message}");
        if (_terminal is not null) _terminal.WriteLine(line);
        else Print(line);
    }

    private static string Object(string level, string message, JsonObject? run)
    {
        var line = new JsonObject { ["time"] = TimeProvider.System.GetUtcNow().ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture), ["level"] = level, ["message"] = message };
        if (run is not null) line["run"] = run.DeepClone();
        return line.ToJsonString(Plain);
    }

    private sealed class RunningStage(JobLog log, string name) : IDisposable
    {
        private readonly long _start = Stopwatch.GetTimestamp();

        public void Dispose()
        {
            log._stage = null;
            if (log._bar is { } bar)
            {
                bar.Description = Markup.Escape(name);
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
