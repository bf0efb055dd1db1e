using System.CommandLine;
using System.Globalization;
using RfmSpark.Runs;
using RfmSpark.Settings;

namespace RfmSpark.Jobs.Commands;

/// <summary><c>run</c>: orders in, tables out.</summary>
internal static class RunCommand
{
    internal static Command Build(CancellationToken cancel)
    {
        var options = new JobOptions();
        var command = new Command("run", "Segment the customers of these orders and publish the tables.") { options.Orders, options.Out, options.AsOf, options.Conf, options.Set };
        command.SetAction(line =>
        {
            var asOf = options.AsOfDay(line);
            var output = options.Output(line);
            return Run(options.Config(line), options.PathsOutside(line, output), output, asOf, cancel);
        });
        return command;
    }

    /// <summary>One run with a configuration of its own, logged.</summary>
    internal static int Run(JobConfig config, IReadOnlyList<string> orders, string output, DateOnly? asOf, CancellationToken cancel) => JobLog.With(log =>
    {
        using var outputLock = new OutputLock(output);
        using var engine = Engines.Start(config.Engine, output, log, cancel);
        var pipeline = new Pipeline(engine, config, JobOptions.Segments(config), JobOptions.Campaigns(config), log);
        var input = pipeline.Read(orders);
        var day = asOf ?? input.Orders.DayAfter(Today());
        if (asOf is null) log.Info(string.Create(CultureInfo.InvariantCulture, $"as of {day:yyyy-MM-dd}, the day after the last order (--as-of sets another)"));
        outputLock.Take(engine);
        LaterDays.Warn(engine, output, day, log);
        pipeline.Publish(input, day, output, new RunClock(TimeProvider.System));
        log.Info($"tables: {string.Join(", ", Tables.Published.Select(t => t.Name))} in {output}");
        log.Info($"report: {Pages.Write(engine, output, day, log)}");
        if (!JobOptions.IsUri(output)) log.Info($"next: ./submit.sh show segment_summary --out {Quoted(Nearest(output))}");
        return 0;
    });

    /// <summary>Today, in UTC.</summary>
    internal static DateOnly Today() => DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime);

    // For a shell.
    private static string Quoted(string path) => path.All(c => char.IsAsciiLetterOrDigit(c) || c is '/' or '.' or '_' or '-' or '+' or ',' or '@')
        ? path
        : $"'{path.Replace("'", "'\\''", StringComparison.Ordinal)}'";

    // As a person would type it: relative where it lies below.
    private static string Nearest(string output) =>
        Path.GetRelativePath(Environment.CurrentDirectory, output) is var relative && !relative.StartsWith("..", StringComparison.Ordinal) ? relative : output;
}
