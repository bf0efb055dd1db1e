using System.Globalization;
using RfmSpark;
using RfmSpark.DuckDb;
using RfmSpark.Engine;
using RfmSpark.Runs;
using Spectre.Console;

/// <summary>The tables of one finished run, and answers from them on the terminal.</summary>
internal sealed class Answers : IDisposable
{
    private const int WidestBar = 24;
    private readonly DuckDbEngine _engine = new();
    private readonly IAnsiConsole _console = AnsiConsole.Create(new AnsiConsoleSettings());

    private Answers(string output)
    {
        // What is piped has no width, and a terminal scrolls.
        _console.Profile.Width = Math.Max(_console.Profile.Width, 200);
        var run = FinishedRun.Find(_engine, output, null);
        foreach (var table in Tables.Published) run.Open(_engine, table);
        _engine.Open("days", Path.Combine(output, Tables.Runs.Name));
    }

    /// <summary>Answers from the tables in the folder that is the first argument, out/sample if there is none; returns the exit code.</summary>
    internal static int From(string[] arguments, Action<Answers> give)
    {
        try
        {
            using var answers = new Answers(arguments is [var output, ..] ? output : Path.Combine("out", "sample"));
            give(answers);
            return 0;
        }
        catch (Fault fault)
        {
            Console.Error.WriteLine(fault.Message);
            return fault.ExitCode;
        }
    }

    /// <summary>A question, and how its answer is read.</summary>
    internal void Ask(string question, string reading)
    {
        _console.WriteLine();
        _console.MarkupLine($"[bold]{Markup.Escape(question)}[/]");
        _console.WriteLine(reading);
    }

    /// <summary>The rows of <paramref name="select"/>. A column is its heading, and after a bar the format of its numbers, such as P1; or <c>bar</c>, which draws them.</summary>
    internal void Show(string select, params IReadOnlyList<string> columns)
    {
        var formats = columns.Select(c => c.Split('|') is [_, var format] ? format : "").ToList();
        var rows = _engine.Read(Sql.Inline(select), row => Enumerable.Range(0, columns.Count).Select(row.Value).ToList());
        var widest = formats.Select((f, i) => f == "bar" ? rows.Select(r => Number(r[i])).DefaultIfEmpty().Max() : 0).ToList();
        Print([.. columns.Select(c => c.Split('|')[0])], [.. formats.Select(f => f is not ("" or "bar"))],
            rows.Select(row => row.Select((value, i) => formats[i] == "bar" ? Bar(Number(value), widest[i]) : Cell(value, formats[i]))));
    }

    /// <summary>A matrix: <paramref name="select"/> has the names of row and column and the value, and then what rows and columns are in order of.</summary>
    internal void Matrix(string corner, string format, string select)
    {
        var cells = _engine.Read(Sql.Inline(select), row => (Down: Cell(row.Value(0), ""), Across: Cell(row.Value(1), ""), Value: row.Value(2), Row: Number(row.Value(3)), Column: Number(row.Value(4))));
        var across = cells.OrderBy(c => c.Column).Select(c => c.Across).Distinct().ToList();
        Print([corner, .. across], [false, .. across.Select(_ => true)],
            cells.OrderBy(c => c.Row).GroupBy(c => c.Down).Select(row => across.Select(a => row.Where(c => c.Across == a).Select(c => Cell(c.Value, format)).FirstOrDefault("")).Prepend(row.Key)));
    }

    public void Dispose() => _engine.Dispose();

    private void Print(IReadOnlyList<string> headings, IReadOnlyList<bool> areNumbers, IEnumerable<IEnumerable<string>> rows)
    {
        var table = new Spectre.Console.Table { Border = TableBorder.Simple, UseSafeBorder = true };
        foreach (var (heading, isNumber) in headings.Zip(areNumbers))
            table.AddColumn(new TableColumn(Markup.Escape(heading)) { NoWrap = true, Alignment = isNumber ? Justify.Right : Justify.Left });
        foreach (var row in rows) table.AddRow(row.Select(cell => new Text(cell)));
        if (table.Rows.Count > 0) _console.Write(table);
        else _console.WriteLine("  No rows.");
    }

    private static string Bar(double value, double widest) => value < 0 || widest == 0 ? "" : new string('█', (int)Math.Round(WidestBar * value / widest));

    private static double Number(object? value) => value is null ? 0 : Convert.ToDouble(value, CultureInfo.InvariantCulture);

    private static string Cell(object? value, string format) => value switch
    {
        null => "",
        DateOnly day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        bool flag => flag ? "yes" : "no",
        IFormattable number => number.ToString(format, CultureInfo.InvariantCulture),
        _ => string.Concat(value.ToString()!.Select(c => char.IsControl(c) ? ' ' : c)),
    };
}
