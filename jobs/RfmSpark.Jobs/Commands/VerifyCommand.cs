using System.CommandLine;
using System.Globalization;
using RfmSpark.Runs;
using RfmSpark.Verification;

namespace RfmSpark.Jobs.Commands;

/// <summary><c>verify</c>: reads every table back.</summary>
internal static class VerifyCommand
{
    internal static Command Build(CancellationToken cancel)
    {
        var options = new JobOptions();
        var command = new Command("verify", "Read the tables of every finished run back, or of the one as of a day, and look whether what must hold of them does.")
        {
            options.Out, options.AsOf, options.Conf, options.Set
        };
        command.SetAction(line => JobLog.With(log =>
        {
            var output = options.Output(line);
            using var engine = Engines.Start(options.Config(line).Engine, output, log, cancel);
            var asOf = options.AsOfDay(line);
            var last = FinishedRun.Find(engine, output, asOf);
            var all = FinishedRun.All(engine, output);
            var runs = asOf is null ? all : [last];
            List<string> faults = [];
            foreach (var run in runs)
            {
                if (run.Forgotten is { } forgotten)
                    log.Info(string.Create(CultureInfo.InvariantCulture,
                        $"as of {run.Day:yyyy-MM-dd}: {forgotten:N0} {(forgotten == 1 ? "customer was" : "customers were")} forgotten since, and records that named them: "
                            + $"the revenue of customer_segments and the lines of orders_rejected cannot be proven any more, and are not looked at"));
                using (log.Stage(string.Create(CultureInfo.InvariantCulture, $"verify {run.Day:yyyy-MM-dd}"))) faults.AddRange(TableVerification.Faults(engine, run, all));
            }
            if (faults.Count > 0)
                throw new DataFault($"{faults.Count} of what must hold does not:{Environment.NewLine}  "
                    + $"{string.Join($"{Environment.NewLine}  ", faults)}{Environment.NewLine}Publish these days again with run; if it comes back, report it.");
            log.Info(string.Create(CultureInfo.InvariantCulture,
                $"{runs.Count} {(runs.Count == 1 ? "run" : "runs")} of {Tables.Published.Count} "
                    + $"tables read back; all {TableVerification.Statements} statements hold of each"));
            return 0;
        }));
        return command;
    }
}
