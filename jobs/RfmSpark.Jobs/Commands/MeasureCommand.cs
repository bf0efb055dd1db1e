using System.CommandLine;
using System.Globalization;
using RfmSpark.Engine;
using RfmSpark.Experiments;
using RfmSpark.Intake;
using RfmSpark.Settings;

namespace RfmSpark.Jobs.Commands;

/// <summary><c>experiment measure</c>: what the arms did, of an experiment that was assigned here or of a file.</summary>
internal static class MeasureCommand
{
    internal static Command Build(CancellationToken cancel)
    {
        var options = new JobOptions();
        options.Orders.Required = options.Out.Required = false;
        var name = new Option<string?>("--name") { Description = "The experiment, as it was assigned." };
        var from = new Option<string?>("--from") { Description = "First day that counts, yyyy-MM-dd." };
        var to = new Option<string?>("--to") { Description = "Last day that counts." };
        var file = new Option<string[]>("--file") { Description = "Instead: files with a record for each customer, arm and outcomes in it.", AllowMultipleArgumentsPerToken = true };
        var arm = new Option<string?>("--arm") { Description = "With --file: the column of the arm." };
        var outcome = new Option<string?>("--outcome") { Description = "With --file: the columns of the outcomes, with commas between." };
        var control = new Option<string?>("--control") { Description = "With --file: the arm that the others are compared with." };
        var before = new Option<string?>("--before") { Description = "With --file: a column of what is known from before the start, for CUPED." };
        var share = new Option<string[]>("--share")
        {
            Description = "With --file: arm=share of the customers that it was to have; may be repeated. Equal if not given.",
            DefaultValueFactory = _ => []
        };
        Option[] ofFile = [arm, outcome, control, before, share], ofTable = [name, options.Orders, from, to, options.Out];
        var command = new Command("measure", "Compare each arm with the control: conversion and revenue with 95 % intervals and tests, all together and by segment.")
        {
            name, from, to, options.Orders, options.Out, file, arm, outcome, control, before, share, options.Format, options.Conf, options.Set,
        };
        command.SetAction(line =>
        {
            var config = options.Config(line);
            var files = line.GetValue(file) ?? [];
            var shape = line.GetValue(options.Format)!;
            if (files.Length > 0)
            {
                Require(line, "--file", [arm, outcome, control], ofTable);
                var outcomes = line.GetValue(outcome)!.Split(',', StringSplitOptions.TrimEntries);
                if (outcomes.Distinct().Count() < outcomes.Length) throw new ConfigFault($"--outcome is {line.GetValue(outcome)}; name each column once.");
                var source = new ExperimentFile(files, line.GetValue(arm)!, outcomes, line.GetValue(before));
                var shares = Shares(line.GetValue(share)!);
                return Print(config, null, shape, (engine, _) =>
                {
                    var sums = source.Measure(engine, config.Orders);
                    return ExperimentEffects.Of(sums, source.ArmsOf(sums, line.GetValue(control)!, shares));
                }, cancel);
            }

            Require(line, "--name", ofTable, ofFile);
            var (first, last) = (JobOptions.Day("--from", line.GetValue(from)!), JobOptions.Day("--to", line.GetValue(to)!));
            if (last < first) throw new ConfigFault(string.Create(CultureInfo.InvariantCulture, $"--to {last:yyyy-MM-dd} lies before --from {first:yyyy-MM-dd}."));
            var (paths, output) = (options.Paths(line), options.Output(line));
            return Print(config, output, shape, (engine, log) =>
            {
                var experiment = AssignedExperiment.Open(engine, line.GetValue(name)!, output);
                if (first <= experiment.AsOf)
                    log.Warn(string.Create(CultureInfo.InvariantCulture,
                        $"--from {first:yyyy-MM-dd} does not lie after {experiment.AsOf:yyyy-MM-dd}, as of which customers were assigned: "
                            + $"what they had bought by then is no effect of an arm"));
                OrdersRead orders;
                using (log.Stage("orders")) orders = Orders.Load(engine, config.Orders, paths);
                if (orders.LastOrder < first)
                    throw new DataFault(string.Create(CultureInfo.InvariantCulture,
                        $"orders: the last one is of {orders.LastOrder:yyyy-MM-dd}, before --from {first:yyyy-MM-dd}, so there is nothing to measure."));
                if (orders.LastOrder < last) log.Warn(string.Create(CultureInfo.InvariantCulture, $"the orders end on {orders.LastOrder:yyyy-MM-dd}, before --to {last:yyyy-MM-dd}"));
                using (log.Stage("measure")) return ExperimentEffects.Of(experiment.Measure(engine, first, last), experiment.Arms);
            }, cancel);
        });
        return command;
    }

    private static int Print(JobConfig config, string? output, string format, Func<IEngine, JobLog, IReadOnlyList<Effect>> measure, CancellationToken cancel)
    {
        Console.Out.Write(JobLog.With(log =>
        {
            using var engine = Engines.Start(config.Engine, output, log, cancel);
            var effects = measure(engine, log);
            if (effects.FirstOrDefault(e => e.Segment is null)?.RatioP is < SampleRatio.Suspicious and var p)
                log.Warn(string.Create(CultureInfo.InvariantCulture,
                    $"the arms' sizes are not those of their shares (chi-square, p {p:G3}): "
                        + $"customers are missing or duplicated at rates that differ by arm, and no uplift can be believed"));
            var rare = effects.Where(e => e.Segment is null && e.IsRare && !e.IsProportion).Select(e => e.Outcome).Distinct().ToList();
            if (rare.Count > 0)
                log.Warn($"{string.Join(", ", rare)}: too few customers of a group have any for a test of the mean, "
                    + $"which would find differences where there are none; go by conversion, or wait for more");
            ExperimentEffects.Put(engine, effects);
            return ExperimentCommand.Printed(engine, ExperimentTables.Results, "segment NULLS FIRST, outcome NULLS FIRST, arm NULLS FIRST", format);
        }));
        return 0;
    }

    private static void Require(ParseResult line, string way, IReadOnlyList<Option> needed, IReadOnlyList<Option> others)
    {
        var missing = needed.Where(o => !IsGiven(o)).Select(o => o.Name).ToList();
        if (missing.Count > 0)
            throw new ConfigFault($"experiment measure needs {string.Join(", ", missing)} too{(missing.Contains(way) ? "" : $", beside {way}")}.");
        if (others.FirstOrDefault(IsGiven) is { } other)
            throw new ConfigFault($"{other.Name} does not go with {way}: "
                + $"measure either an experiment of experiment assign (--name, --orders, --from, --to, --out) or a file (--file, --arm, --outcome, --control).");

        bool IsGiven(Option option) => line.GetResult(option) is { Implicit: false };
    }

    private static Dictionary<string, double> Shares(IReadOnlyList<string> pairs)
    {
        Dictionary<string, double> shares = [];
        foreach (var pair in pairs)
        {
            // An arm may have an equals sign in its name; a number has none.
            var at = pair.LastIndexOf('=');
            if (at < 1 || !double.TryParse(pair.AsSpan(at + 1), NumberStyles.Float, CultureInfo.InvariantCulture, out var share) || share is not (> 0 and < double.PositiveInfinity))
                throw new ConfigFault($"--share {pair}: write arm=number, such as control=0.1.");
            if (!shares.TryAdd(pair[..at], share)) throw new ConfigFault($"--share: '{pair[..at]}' has two.");
        }
        return shares;
    }
}
