using System.CommandLine;
using System.Runtime.InteropServices;
using System.Text.RegularExpressions;
using RfmSpark.Jobs.Commands;

namespace RfmSpark.Jobs;

/// <summary>The command line: arguments → configuration → engine → pipeline → exit code. The only place where faults become exit codes.</summary>
internal static partial class Program
{
    private const int OurFault = 1, Misused = 2, StorageFault = 4, Interrupted = 130;

    private static int Main(string[] arguments)
    {
        using var cancel = new CancellationTokenSource();
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
        using var hangUp = PosixSignalRegistration.Create(PosixSignal.SIGHUP, Stop);
        try
        {
            return Run(arguments, cancel.Token);
        }
        catch (OperationCanceledException)
        {
            JobLog.Error("Interrupted. What was not committed yet is not published; run again.");
            return Interrupted;
        }
        catch (Fault fault)
        {
            JobLog.Error(fault.Message);
            return fault.ExitCode;
        }
        catch (Exception storage) when (storage is IOException or UnauthorizedAccessException)
        {
            JobLog.Error($"{storage.Message.TrimEnd('.')}. Look at the paths, the permissions and the disk.");
            return StorageFault;
        }
        catch (Exception bug)
        {
            JobLog.Error($"This is a fault of RfmSpark {Runs.RunRecord.ProgramVersion}; please report it with what follows.{Environment.NewLine}{bug}");
            return OurFault;
        }

        void Stop(PosixSignalContext signal)
        {
            signal.Cancel = true;
            cancel.Cancel();
        }
    }

    private static int Run(string[] arguments, CancellationToken cancel)
    {
        if (arguments.Length == 0) return SampleCommand.Run(cancel);
        if (arguments[0] == Engines.OnSpark) arguments = Engines.CheckOnSpark(arguments);
        var root = new RootCommand("Customer segments from orders: RFM scores and segments as Delta tables.")
        {
            RunCommand.Build(cancel), BackfillCommand.Build(cancel), CheckCommand.Build(cancel), ShowCommand.Build(cancel),
            PushCommand.Build(cancel), ExperimentCommand.Build(cancel), TablesCommand.Build(), GenerateCommand.Build(cancel),
            ReportCommand.Build(cancel), VerifyCommand.Build(cancel), ForgetCommand.Build(cancel),
        };
        var (log, quiet) = (JobLog.FormOption(), JobLog.QuietOption());
        root.Add(log);
        root.Add(quiet);
        // A customer may be called @someone: such a text is no file of further arguments.
        var parsed = root.Parse(arguments, new ParserConfiguration { ResponseFileTokenReplacer = null });
        // By its word, since an option of a command line with errors may have no value.
        JobLog.Style = new LogStyle(parsed.GetResult(log)?.Tokens is [{ Value: "json" }], parsed.Errors.Count == 0 && parsed.GetValue(quiet));
        if (parsed.Errors.Count == 0) return parsed.Invoke(new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null });
        JobLog.Error(string.Join(Environment.NewLine, parsed.Errors
            .Select(e => ExpectedNumber().Replace(e.Message, type => type.Groups[1].Value.StartsWith("Int", StringComparison.Ordinal) ? "a whole number" : "a number"))
            .Append("Try --help.")));
        return Misused;
    }

    // The library names .NET's type.
    [GeneratedRegex(@"expected type '[^']*\b(Int32|Int64|Double|Decimal)\b[^']*'")]
    private static partial Regex ExpectedNumber();
}
