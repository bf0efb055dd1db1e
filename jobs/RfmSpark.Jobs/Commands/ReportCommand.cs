using System.CommandLine;

namespace RfmSpark.Jobs.Commands;

/// <summary><c>report</c>: the page again, from the tables.</summary>
internal static class ReportCommand
{
    internal static Command Build(CancellationToken cancel)
    {
        var options = new JobOptions();
        var command = new Command("report",
            "Write the page of a finished run again, from its tables: of its last day, or of --as-of. "
                + "Heading and currency are those of the run, unless report.title or report.currency is set here.")
        {
            options.Out, options.AsOf, options.Conf, options.Set
        };
        command.SetAction(line => JobLog.With(log =>
        {
            var (config, output) = (options.Config(line), options.Output(line));
            using var outputLock = new OutputLock(output);
            using var engine = Engines.Start(config.Engine, output, log, cancel);
            log.Info($"report: {Pages.Write(engine, output, options.AsOfDay(line), log, config.Report)}");
            return 0;
        }));
        return command;
    }
}
