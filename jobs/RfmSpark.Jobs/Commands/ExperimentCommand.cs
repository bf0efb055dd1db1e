using System.CommandLine;
using RfmSpark.Engine;

namespace RfmSpark.Jobs.Commands;

/// <summary><c>experiment</c>: customers dealt to arms, and what the arms came to.</summary>
internal static class ExperimentCommand
{
    internal static Command Build(CancellationToken cancel) => new("experiment", "Deal customers to the arms of an experiment, and measure what the arms did.")
    {
        AssignCommand.Build(cancel), MeasureCommand.Build(cancel),
    };

    /// <summary>The rows of a small table as they are printed. Standard output is for when the bars of the log are done.</summary>
    internal static string Printed(IEngine engine, Table table, string order, string format)
    {
        using var output = new StringWriter { NewLine = "\n" };
        var printer = RowPrinter.For(format, output);
        printer.Begin(table.Columns);
        engine.Read(Sql.Inline($"SELECT {string.Join(", ", table.Columns.Select(c => engine.Dialect.Identifier(c.Name)))} FROM {table.Name} ORDER BY {order}"), row =>
        {
            printer.Row(row);
            return 0;
        });
        printer.End();
        return output.ToString();
    }
}
