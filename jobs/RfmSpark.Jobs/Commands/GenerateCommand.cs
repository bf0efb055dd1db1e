using System.CommandLine;
using System.Globalization;
using RfmSpark.DuckDb;
using RfmSpark.Engine;
using RfmSpark.Simulation;

namespace RfmSpark.Jobs.Commands;

/// <summary><c>generate</c>: synthetic orders from known parameters.</summary>
internal static class GenerateCommand
{
    private static readonly DateOnly FirstDay = new(2024, 1, 1);

    private static readonly Table Generated = new("generated_orders", "one row per order", [],
    [
        new("order_id", ColumnType.Text, "O and eight digits or more"),
        new("customer_id", ColumnType.Text, "C and seven digits or more"),
        new("order_date", ColumnType.Date, "the day"),
        new("amount", ColumnType.Money, "money"),
    ]);

    internal static Command Build(CancellationToken cancel)
    {
        var customers = new Option<int>("--customers") { Description = "How many customers.", Required = true };
        var output = new Option<string>("--out") { Description = "The file: .parquet, .csv or .csv.gz.", Required = true };
        var seed = new Option<long>("--seed") { Description = "The same seed makes the same orders.", DefaultValueFactory = _ => 1 };
        var days = new Option<int>("--days") { Description = "Days that the orders spread over, from 2024-01-01.", DefaultValueFactory = _ => 730 };
        var command = new Command("generate", "Write synthetic orders from known BG/NBD and Gamma-Gamma parameters.") { customers, output, seed, days };
        command.SetAction(line =>
        {
            if (line.GetValue(customers) < 1) throw new ConfigFault($"--customers is {line.GetValue(customers)}; it must be 1 or more.");
            if (line.GetValue(seed) < 0) throw new ConfigFault($"--seed is {line.GetValue(seed)}; it must be 0 or more.");
            if (line.GetValue(days) is < 1 or > 100_000) throw new ConfigFault($"--days is {line.GetValue(days)}; it must be 1 to 100,000.");
            if (SourceFiles.FormatOf(line.GetValue(output)!) is not (FileFormat.Csv or FileFormat.Parquet))
                throw new ConfigFault($"--out is {line.GetValue(output)}; the file's name must end in .parquet or .csv (.csv.gz).");
            return JobLog.With(log =>
            {
                using var engine = new DuckDbEngine(new DuckDbOptions(), log.Progress, cancel);
                Generate(engine, log, line.GetValue(customers), line.GetValue(days), (ulong)line.GetValue(seed), line.GetValue(output)!, cancel);
                return 0;
            });
        });
        return command;
    }

    /// <summary>Writes the orders in the order of their days, as a shop's export has them; the file has its name once it is whole.</summary>
    internal static void Generate(DuckDbEngine engine, JobLog log, int customers, int days, ulong seed, string output, CancellationToken cancel)
    {
        var simulator = new OrderSimulator();
        var count = 0L;
        using (log.Stage("generate"))
        {
            var folder = Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(output))!).FullName;
            var part = Path.Combine(folder, $".part-{Path.GetFileName(output)}");
            engine.Put(Generated, simulator.Orders(customers, days, seed), (order, row) =>
            {
                if ((++count & 0xffff) == 0) cancel.ThrowIfCancellationRequested();
                row.Text("O" + count.ToString("D8", CultureInfo.InvariantCulture));
                row.Text("C" + order.Customer.ToString("D7", CultureInfo.InvariantCulture));
                row.Date(FirstDay.AddDays(order.Day));
                row.Decimal(order.Amount);
            });
            try
            {
                engine.Export(Sql.Inline("SELECT order_id, customer_id, order_date, amount FROM generated_orders ORDER BY order_date NULLS FIRST, order_id NULLS FIRST"), part);
                File.Move(part, output, overwrite: true);
            }
            finally
            {
                File.Delete(part);
            }
            engine.Drop(Generated);
        }
        log.Info(string.Create(CultureInfo.InvariantCulture,
            $"generate: {count:N0} orders of {customers:N0} customers in {output}; "
                + $"BG/NBD r {simulator.R}, alpha {simulator.Alpha} weeks, a {simulator.A}, b {simulator.B}; "
                + $"Gamma-Gamma p {simulator.SpendP}, q {simulator.SpendQ}, gamma {simulator.SpendGamma}; seed {seed}"));
    }
}
