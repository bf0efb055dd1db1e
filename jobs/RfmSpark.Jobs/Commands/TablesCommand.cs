using System.CommandLine;

namespace RfmSpark.Jobs.Commands;

/// <summary><c>tables</c>: the contract, printed.</summary>
internal static class TablesCommand
{
    internal static Command Build()
    {
        var command = new Command("tables", "Print each published table with its grain, columns, types and units.");
        command.SetAction(_ =>
        {
            foreach (var table in Tables.All)
            {
                Console.WriteLine($"{table.Name}: {table.Grain}; partitioned by {string.Join(", ", table.PartitionedBy)}");
                var (name, type) = (table.Columns.Max(c => c.Name.Length), table.Columns.Max(c => c.Type.ToString().Length));
                foreach (var column in table.Columns)
                    Console.WriteLine($"  {column.Name.PadRight(name)}  {column.Type.ToString().PadRight(type)}  {column.Meaning}");
                Console.WriteLine();
            }
        });
        return command;
    }
}
