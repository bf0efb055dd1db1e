using RfmSpark.DuckDb;
using RfmSpark.Settings;

namespace RfmSpark.Jobs.Commands;

/// <summary>No command at all: sample orders, generated once, and a run over them.</summary>
internal static class SampleCommand
{
    private const int Customers = 100_000, Days = 730;
    private const ulong Seed = 1;
    private const string Output = "out/sample";

    internal static int Run(CancellationToken cancel)
    {
        var orders = Path.Combine(Output, "orders.parquet");
        if (!File.Exists(orders))
        {
            JobLog.With(log =>
            {
                using var engine = new DuckDbEngine(new DuckDbOptions(), log.Progress, cancel);
                GenerateCommand.Generate(engine, log, Customers, Days, Seed, orders, cancel);
                return 0;
            });
        }
        var config = SettingsBinder.Bind(new SettingsSources().AddFile(Path.Combine(JobOptions.ConfFolder, "base.json"))
            .AddPairs(["orders.columns.order_id=order_id", "report.title=Sample shop", "report.currency=EUR"]));
        return RunCommand.Run(config, [orders], Path.GetFullPath(Output), null, cancel);
    }
}
