using System.CommandLine;
using System.Globalization;

namespace RfmSpark.Jobs.Commands;

/// <summary><c>check</c>: configuration and orders looked at, nothing written.</summary>
internal static class CheckCommand
{
    internal static Command Build(CancellationToken cancel)
    {
        var options = new JobOptions();
        var command = new Command("check", "Look at the configuration and the orders; write nothing.") { options.Orders, options.Conf, options.Set };
        command.SetAction(line =>
        {
            var config = options.Config(line);
            return JobLog.With(log =>
            {
                using var engine = Engines.Start(config.Engine, null, log, cancel);
                var read = new Pipeline(engine, config, JobOptions.Segments(config), JobOptions.Campaigns(config), log).Read(options.Paths(line)).Orders;
                var future = read.InFuture(RunCommand.Today());
                if (future is not null) log.Warn(future);
                else log.Info(string.Create(CultureInfo.InvariantCulture, $"A run would look from {read.LastOrder.AddDays(1):yyyy-MM-dd}, the day after the last order (--as-of sets another)."));
                log.Info($"The configuration and the orders are fit for a run{(future is null ? "" : " with --as-of")}. Nothing was written.");
                return 0;
            });
        });
        return command;
    }
}
