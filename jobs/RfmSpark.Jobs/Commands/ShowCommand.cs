using System.CommandLine;
using System.Globalization;
using RfmSpark.Engine;
using RfmSpark.Runs;

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
        var top = new Option<string?>("--top") { Description = "A column, the highest values of which come first; such as clv_12m." };
        var pick = new Option<string?>("--columns") { Description = "The columns to print, with commas between; else all." };
        var limit = new Option<int?>("--limit") { Description = "Rows at most; 50 for --format table, else all." };
        var command = new Command("show", "Print rows of a published table, as its finished run left it: of its last day (runs: of every day), or of --as-of.")
        {
            name, options.Out, options.AsOf, where, top, pick, limit, options.Format, options.Conf, options.Set
        };
        command.SetAction(line =>
        {
            var table = Tables.All.FirstOrDefault(t => t.Name == line.GetValue(name))
                ?? throw new ConfigFault($"There is no table '{line.GetValue(name)}'; there are {string.Join(", ", Tables.All.Select(t => t.Name))}.");
            var shape = line.GetValue(options.Format)!;
            var rows = line.GetValue(limit) ?? (shape == "table" ? RowsOfATable : int.MaxValue);
            if (rows < 0) throw new ConfigFault($"--limit is {rows}; it must be 0 or more.");
            var asOf = options.AsOfDay(line);
            var output = options.Output(line);
            using var engine = Engines.StartReader(options.Config(line).Engine, output, cancel);
            Show(engine, table, output, asOf,
                new Selection(line.GetValue(where)!, line.GetValue(top), line.GetValue(pick)?.Split(',', StringSplitOptions.TrimEntries), rows),
                RowPrinter.For(shape, Console.Out), cancel);
        });
        return command;
    }

    internal static void Show(IEngine engine, Table table, string output, DateOnly? asOf, Selection selection, RowPrinter printer, CancellationToken cancel)
    {
        var (columns, day) = Open(engine, table, output, asOf);
        var dialect = engine.Dialect;
        var shown = selection.Columns?.Select(name => Named(columns, "--columns", name)).Distinct().ToList() ?? columns;
        var names = string.Join(", ", shown.Select(c => dialect.Identifier(c.Name)));
        if (day is not null && selection.Where.Any(w => w.StartsWith("as_of=", StringComparison.Ordinal)))
            throw new ConfigFault("--where as_of=…: the rows of one day are shown, which --as-of names; without it, those of the newest.");
        var conditions = string.Concat(selection.Where.Select(w => " AND " + Condition(dialect, columns, w)));
        var first = selection.Top is null ? "" : dialect.Identifier(Named(columns, "--top", selection.Top).Name) + " DESC NULLS LAST, ";
        var order = first + string.Join(", ", columns.Select(c => dialect.Identifier(c.Name) + " NULLS FIRST"));
        var limit = selection.Limit;
        var select = Sql.Inline($"SELECT {names} FROM {table.Name} WHERE {(day is null ? "TRUE" : "as_of = :as_of")}{conditions} "
            + $"ORDER BY {order} LIMIT {(limit + 1L).ToString(CultureInfo.InvariantCulture)}");
        if (day is { } of) select = select.With("as_of", of);

        printer.Begin(shown);
        var rows = 0;
        engine.Read(select, row =>
        {
            cancel.ThrowIfCancellationRequested();
            if (rows++ < limit) printer.Row(row);
            return 0;
        });
        printer.End();
        if (rows == 0 && selection.Where.Count > 0) JobLog.Remark($"No row of {table.Name} has {string.Join(" and ", selection.Where)}; capital letters matter.");
        if (rows > limit) JobLog.Remark($"There are more rows; these are the first {limit} (--limit).");
    }

    // Experiments are no run's; these, and the runs themselves, are shown of all days unless one is asked for.
    private static (IReadOnlyList<Column> Columns, DateOnly? Day) Open(IEngine engine, Table table, string output, DateOnly? asOf)
    {
        if (Tables.OfExperiments.Contains(table))
            return (engine.Open(table.Name, Path.Combine(output, table.Name)) ?? throw new ConfigFault($"{output} holds no experiment yet. Make one with experiment assign, or look at --out."), asOf);
        var run = FinishedRun.Find(engine, output, asOf);
        if (table != Tables.Runs || asOf is not null) return (run.Open(engine, table), run.Day);
        return (engine.Open(table.Name, Path.Combine(output, table.Name))!, null);
    }

    private static Column Named(IReadOnlyList<Column> columns, string option, string name) => columns.FirstOrDefault(c => c.Name == name)
        ?? throw new ConfigFault($"{option}: there is no column '{name}'; there are {string.Join(", ", columns.Select(c => c.Name))}.");

    private static string Condition(Dialect dialect, IReadOnlyList<Column> columns, string condition)
    {
        if (condition.Split('=', 2) is not [var name, var value]) throw new ConfigFault($"--where {condition}: write column=value, such as --where segment=Champions.");
        var column = Named(columns, "--where " + condition, name);
        object? wanted = column.Type.Kind switch
        {
            ColumnKind.Text => value,
            ColumnKind.Date => DateOnly.TryParseExact(value, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null,
            ColumnKind.Boolean => bool.TryParse(value, out var flag) ? flag : null,
            ColumnKind.Double => double.TryParse(value, CultureInfo.InvariantCulture, out var real) ? real : null,
            _ => decimal.TryParse(value, CultureInfo.InvariantCulture, out var number) ? number : null,
        };
        if (wanted is null) throw new ConfigFault($"--where {condition}: '{value}' is no {column.Type}.");
        return $"{dialect.Identifier(name)} = {dialect.Literal(wanted)}";
    }
}

/// <summary>Which rows and columns are shown, and in which order.</summary>
/// <param name="Where">Conditions, column=value.</param>
/// <param name="Top">The column whose highest values come first; null for the order of all columns.</param>
/// <param name="Columns">Their names; null for all.</param>
/// <param name="Limit">Rows at most.</param>
internal sealed record Selection(IReadOnlyList<string> Where, string? Top, IReadOnlyList<string>? Columns, int Limit);
