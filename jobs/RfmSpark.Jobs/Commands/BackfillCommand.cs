using System.CommandLine;
using System.Globalization;
using RfmSpark.Runs;
using RfmSpark.Settings;

namespace RfmSpark.Jobs.Commands;

/// <summary><c>backfill</c>: the tables of many days from one reading of the orders.</summary>
internal static class BackfillCommand
{
    internal static Command Build(CancellationToken cancel)
    {
        var options = new JobOptions();
        var from = new Option<string>("--from") { Description = "First day to look from, yyyy-MM-dd.", Required = true };
        var to = new Option<string>("--to") { Description = "Last day to look from, yyyy-MM-dd.", Required = true };
        var every = new Option<string>("--every") { Description = "The step: days, weeks or months, such as 1w or 1m.", Required = true };
        var command = new Command("backfill", "Publish the tables of many days, the orders read once.") { options.Orders, options.Out, from, to, every, options.Conf, options.Set };
        command.SetAction(line =>
        {
            var days = Days(JobOptions.Day("--from", line.GetValue(from)!), JobOptions.Day("--to", line.GetValue(to)!), line.GetValue(every)!);
            var (config, output) = (options.Config(line), options.Output(line));
            return JobLog.With(log =>
            {
                using var outputLock = new OutputLock(output);
                using var engine = Engines.Start(config.Engine, output, log, cancel);
                var pipeline = new Pipeline(engine, config, JobOptions.Segments(config), JobOptions.Campaigns(config), log);
                var input = pipeline.Read(options.PathsOutside(line, output));
                var first = input.Orders.FirstOrder;
                var clock = new RunClock(TimeProvider.System);
                var seen = days.Where(day => day >= first).ToList();
                if (seen.Count == 0)
                    throw new DataFault(string.Create(CultureInfo.InvariantCulture,
                        $"orders: the first one is of {first:yyyy-MM-dd}, after {days[^1]:yyyy-MM-dd}, the last day of this backfill, so there is no day to publish. "
                            + $"Look at --from, --to and the mapping of order_date."));
                if (seen.Count < days.Count)
                    log.Warn(string.Create(CultureInfo.InvariantCulture,
                        $"{days.Count - seen.Count} of {days.Count} days lie before the first order, {first:yyyy-MM-dd}, and are left out"));
                outputLock.Take(engine);
                LaterDays.Warn(engine, output, seen[^1], log);
                foreach (var day in seen)
                {
                    pipeline.Publish(input, day, output, clock);
                    Pages.Write(engine, output, day, log);
                }
                log.Info(string.Create(CultureInfo.InvariantCulture, $"{seen.Count} days published in {output}, with a page each in {Path.Combine(output, "reports")}"));
                return 0;
            });
        });
        return command;
    }

    /// <summary>The days of a backfill. Months are counted from the first day, so that the 31st comes back after a short month.</summary>
    /// <exception cref="ConfigFault">The step is none, or the last day lies before the first.</exception>
    internal static IReadOnlyList<DateOnly> Days(DateOnly from, DateOnly to, string every)
    {
        if (to < from) throw new ConfigFault(string.Create(CultureInfo.InvariantCulture, $"--to {to:yyyy-MM-dd} lies before --from {from:yyyy-MM-dd}."));
        if (!CalendarStep.TryParse(every, CultureInfo.InvariantCulture, out var step)) throw new ConfigFault($"--every is '{every}'; write {CalendarStep.Form}.");
        List<DateOnly> days = [];
        for (var (n, day) = (1, from); day <= to; day = step.After(from, n++)) days.Add(day);
        return days;
    }
}
