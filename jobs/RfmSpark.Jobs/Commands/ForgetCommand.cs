using System.CommandLine;
using RfmSpark.Forgetting;
using RfmSpark.Runs;

namespace RfmSpark.Jobs.Commands;

/// <summary><c>forget</c>: customers out of the tables.</summary>
internal static class ForgetCommand
{
    internal static Command Build(CancellationToken cancel)
    {
        var options = new JobOptions();
        var customer = new Option<string[]>("--customer") { Description = "The id of a customer, as the orders name it; may be repeated.", Required = true };
        var vacuum = new Option<bool>("--vacuum") { Description = "Delete older versions of these tables and their files too: their time travel ends here." };
        var command = new Command("forget", "Take customers out of every table and day, and note it in runs. The orders are not touched.")
        {
            customer, options.Out, vacuum, options.Conf, options.Set
        };
        command.SetAction(line => JobLog.With(log =>
        {
            var customers = line.GetValue(customer)!.Distinct().ToList();
            if (customers.Contains("")) throw new ConfigFault("--customer is empty; name the customer.");
            var (config, output) = (options.Config(line), options.Output(line));
            using var outputLock = new OutputLock(output);
            using var engine = Engines.Start(config.Engine, output, log, cancel);
            var nobody = CustomerRemoval.Forget(engine, output, customers, line.GetValue(vacuum), new RunClock(TimeProvider.System), log);
            // Also if nobody is left to forget: a forget before this one may have been ended before it came to the pages.
            Pages.WriteAll(engine, output, log);
            return nobody is null ? 0 : throw new ConfigFault(nobody);
        }));
        return command;
    }
}
