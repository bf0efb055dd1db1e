using System.CommandLine;
using System.Globalization;
using RfmSpark.Engine;
using RfmSpark.Experiments;
using RfmSpark.Runs;

namespace RfmSpark.Jobs.Commands;

/// <summary><c>experiment assign</c>: who gets what.</summary>
internal static class AssignCommand
{
    private const string AllSegments = "all";

    internal static Command Build(CancellationToken cancel)
    {
        var options = new JobOptions();
        var name = new Option<string>("--name") { Description = "The experiment's name; with the customer it decides who gets what.", Required = true };
        var segment = new Option<string[]>("--segment") { Description = "A segment of rfm.legend, a stratum; may be repeated. all for all of them.", Required = true };
        var holdout = new Option<decimal>("--holdout") { Description = "The share of the customers that are left alone, such as 0.1.", Required = true };
        var arms = new Option<string>("--arms") { Description = "What the others get, in equal shares, with commas between.", DefaultValueFactory = _ => "treated" };
        var days = new Option<int>("--days") { Description = "Days in which outcomes will be counted; for what the experiment can show.", DefaultValueFactory = _ => 30 };
        var baseline = new Option<double?>("--baseline") { Description = "Share of customers who buy in those days if left alone; else out of their expected orders." };
        var command = new Command("assign", "Deal the customers of a finished run to arms, once: by a hash of name and customer, each segment by itself.")
        {
            name, segment, holdout, arms, options.Out, options.AsOf, days, baseline, options.Format, options.Conf, options.Set,
        };
        command.SetAction(line =>
        {
            var segments = line.GetValue(segment)!.Distinct().ToList();
            var plan = new ExperimentPlan(line.GetValue(name)!, segments.Contains(AllSegments) ? [] : segments, line.GetValue(holdout),
                line.GetValue(arms)!.Split(',', StringSplitOptions.TrimEntries), line.GetValue(days), line.GetValue(baseline));
            var asOf = options.AsOfDay(line);
            var (config, output) = (options.Config(line), options.Output(line));
            Console.Out.Write(JobLog.With(log =>
            {
                using var outputLock = new OutputLock(output);
                using var engine = Engines.Start(config.Engine, output, log, cancel);
                DateOnly day;
                using (log.Stage("assign")) day = ExperimentAssignment.Publish(engine, plan, output, asOf, new RunClock(TimeProvider.System));
                var sizes = engine.Read(Sql.Inline("SELECT arm, CAST(COUNT(*) AS BIGINT) AS customers FROM experiments GROUP BY arm ORDER BY arm NULLS FIRST"),
                    row => string.Create(CultureInfo.InvariantCulture, $"{row.Text(0)} {row.Long(1):N0}"));
                log.Info(string.Create(CultureInfo.InvariantCulture, $"{plan.Name}: customers as of {day:yyyy-MM-dd} assigned, {string.Join(", ", sizes)}"));
                return ExperimentCommand.Printed(engine, Tables.ExperimentPower, "segment NULLS FIRST, arm NULLS FIRST", line.GetValue(options.Format)!);
            }));
            return 0;
        });
        return command;
    }
}
