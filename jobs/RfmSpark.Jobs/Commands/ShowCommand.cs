using System.CommandLine;
using System.Globalization;
using RfmSpark.DuckDb;
using RfmSpark.Engine;

namespace RfmSpark.Jobs.Commands;

/// <summary><c>show</c>: rows of a published table.</summary>
internal static class ShowCommand
{
    private const int RowsOfATable = 50;

    internal static Command Build(CancellationToken cancel)
    {
        var options = new JobOptions();
        var name = new Argument<string>("table") { Description = "One of the published tables; see the command tables." };
        var where = new Option<string[]>("--where") { Description = "column=value; may be repeated.", DefaultValueFactory = _ => [] };
        var limit = new Option<int?>("--limit") { Description = "Rows at most; 50 for --format table, else all." };
        var format = new Option<string>("--format") { Description = "table, csv or json (one object a line).", DefaultValueFactory = _ => "table" };
        format.AcceptOnlyFromAmong("table", "csv", "json");
        var command = new Command("show", "Print rows of a published table: of its last day, or of --as-of.") { name, options.Out, options.AsOf, where, limit, format };
        command.SetAction(line =>
        {
            var table = Tables.Published.FirstOrDefault(t => t.Name == line.GetValue(name))
                ?? throw new ConfigFault($"There is no table '{line.GetValue(name)}'; there are {string.Join(", ", Tables.Published.Select(t => t.Name))}.");
            var shape = line.GetValue(format)!;
            var rows = line.GetValue(limit) ?? (shape == "table" ? RowsOfATable : int.MaxValue);
            var asOf = line.GetValue(options.AsOf) is { } text ? JobOptions.Day("--as-of", text) : (DateOnly?)null;
            using var engine = new DuckDbEngine(cancel: cancel);
            Show(engine, table, line.GetValue(options.Out)!, asOf, line.GetValue(where)!, rows, RowPrinter.For(shape, Console.Out));
        });
        return command;
    }

    internal static void Show(IEngine engine, Table table, string output, DateOnly? asOf, IReadOnlyList<string> where, int limit, RowPrinter printer)
    {
        var path = Path.Combine(output, table.Name);
        var columns = engine.Open(table.Name, path) ?? throw new ConfigFault($"{Path.GetFullPath(path)} holds no table yet. Publish it with run, or look at --out.");
        var day = asOf ?? engine.Read(Sql.Inline($"SELECT MAX(as_of) FROM {table.Name}"), row => row.IsNull(0) ? (DateOnly?)null : row.Date(0))[0];
        if (day is null) return;
        columns = engine.Open(table.Name, path, new Dictionary<string, string> { ["as_of"] = day.Value.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) })!;

        var dialect = engine.Dialect;
        var names = string.Join(", ", columns.Select(c => dialect.Identifier(c.Name)));
        var conditions = string.Concat(where.Select(w => " AND " + Condition(dialect, columns, w)));
        var order = string.Join(", ", columns.Select(c => dialect.Identifier(c.Name) + " NULLS FIRST"));
        var select = Sql.Inline($"SELECT {names} FROM {table.Name} WHERE as_of = :as_of{conditions} ORDER BY {order} LIMIT {(limit + 1L).ToString(CultureInfo.InvariantCulture)}").With("as_of", day.Value);

        printer.Begin(columns);
        var rows = 0;
        engine.Read(select, row =>
        {
            if (rows++ < limit) printer.Row(row);
            return 0;
        });
        printer.End();
        if (rows > limit) Console.Error.WriteLine($"There are more rows; these are the first {limit} (--limit).");
    }

    private static string Condition(Dialect dialect, IReadOnlyList<Column> columns, string condition)
    {
        if (condition.Split('=', 2) is not [var name, var value]) throw new ConfigFault($"--where {condition}: write column=value, such as --where segment=Champions.");
        if (columns.All(c => c.Name != name)) throw new ConfigFault($"--where {condition}: there is no column '{name}'; there are {string.Join(", ", columns.Select(c => c.Name))}.");
        return $"CAST({dialect.Identifier(name)} AS {dialect.TypeName(ColumnType.Text)}) = {dialect.Quote(value)}";
    }
}
