using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using RfmSpark.Engine;
using Spectre.Console;

namespace RfmSpark.Jobs;

/// <summary>Prints rows as they come.</summary>
internal abstract class RowPrinter(TextWriter output)
{
    private protected TextWriter Output { get; } = output;
    private protected IReadOnlyList<Column> Columns { get; private set; } = [];

    /// <summary>The printer of a format: table, csv or json.</summary>
    internal static RowPrinter For(string format, TextWriter output) => format switch
    {
        "csv" => new CsvPrinter(output),
        "json" => new JsonPrinter(output),
        _ => new TablePrinter(output),
    };

    internal virtual void Begin(IReadOnlyList<Column> columns) => Columns = columns;

    internal abstract void Row(IRow row);

    internal virtual void End() => Output.Flush();

    private protected static string Text(object? value) => value switch
    {
        null => "",
        DateOnly day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        DateTime instant => instant.ToString("O", CultureInfo.InvariantCulture),
        bool flag => flag ? "true" : "false",
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };

    private sealed class CsvPrinter(TextWriter output) : RowPrinter(output)
    {
        internal override void Begin(IReadOnlyList<Column> columns)
        {
            base.Begin(columns);
            Output.WriteLine(string.Join(',', columns.Select(c => c.Name)));
        }

        internal override void Row(IRow row)
        {
            for (var i = 0; i < Columns.Count; i++)
            {
                if (i > 0) Output.Write(',');
                var text = Text(row.Value(i));
                if (Columns[i].Type.Kind == ColumnKind.Text) text = Inert(text);
                Output.Write(text.AsSpan().ContainsAny(",\"\r\n") ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : text);
            }
            Output.WriteLine();
        }

        // A spreadsheet takes a text that begins so for a formula, and runs it; a customer may be called anything. Numbers are safe as they are.
        private static string Inert(string text) => text is ['=' or '+' or '-' or '@' or '\t' or '\r', ..] ? "'" + text : text;
    }

    private sealed class JsonPrinter(TextWriter output) : RowPrinter(output)
    {
        private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

        internal override void Row(IRow row) =>
            Output.WriteLine(JsonSerializer.Serialize(Columns.Select((c, i) => (c.Name, Value: row.Value(i))).ToDictionary(c => c.Name, c => c.Value), Readable));
    }

    private sealed class TablePrinter(TextWriter output) : RowPrinter(output)
    {
        private const int WidestCell = 60;
        private readonly Spectre.Console.Table _table = new() { Border = TableBorder.Simple, UseSafeBorder = true };

        internal override void Begin(IReadOnlyList<Column> columns)
        {
            base.Begin(columns);
            foreach (var column in columns)
            {
                var header = new TableColumn(Markup.Escape(column.Name)) { NoWrap = true };
                _table.AddColumn(column.Type.Kind is ColumnKind.Text or ColumnKind.Date ? header : header.RightAligned());
            }
        }

        internal override void Row(IRow row) => _table.AddRow([.. Columns.Select((c, i) => new Text(Cell(row.Value(i))))]);

        internal override void End()
        {
            var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Output), Ansi = AnsiSupport.No });
            console.Profile.Width = Math.Max(console.Profile.Width, 4000);
            console.Write(_table);
            base.End();
        }

        private static string Cell(object? value)
        {
            var text = value is double number ? Short(number) : Text(value);
            text = string.Concat(text.Select(c => char.IsControl(c) ? ' ' : c));
            return text.Length <= WidestCell ? text : text[..(WidestCell - 1)] + "…";
        }

        // Four digits after the point, or four at all: a small probability is not nothing.
        private static string Short(double number) =>
            (Math.Abs(number) < 0.1
                ? double.Parse(number.ToString("G4", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture)
                : Math.Round(number, 4)).ToString(CultureInfo.InvariantCulture);
    }
}
