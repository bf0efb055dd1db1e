using System.Globalization;
using System.Reflection;
using System.Text;

namespace RfmSpark.Engine;

/// <summary>
/// One SELECT, from the <c>.sql</c> file of the table that it makes, with its values. Values stand in the text as <c>:name</c>, what the engines
/// spell differently as <c>{{function(arguments)}}</c>, and an expression that depends on the client's files as <c>{{name}}</c>.
/// </summary>
/// <remarks>
/// Also known to every file: <c>{{count_above(x, :cuts)}}</c>, how many of a list of cut points x is above.
/// Comments, quoted texts and quoted names are left alone. A value that the text does not use, or one that it lacks, is an error that names the line.
/// </remarks>
public sealed class Sql
{
    private readonly string _file;
    private readonly string _text;
    private readonly Dictionary<string, object> _values;
    private readonly Dictionary<string, SqlExpression> _expressions;

    private Sql(string file, string text, Dictionary<string, object> values, Dictionary<string, SqlExpression> expressions)
    {
        _file = file;
        _text = text;
        _values = values;
        _expressions = expressions;
    }

    /// <summary>The file's name, for messages.</summary>
    public string File => _file;

    /// <summary>The SELECT of the embedded file <paramref name="name"/><c>.sql</c> of this assembly.</summary>
    public static Sql Of(string name)
    {
        var file = name + ".sql";
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(file)
            ?? throw new ArgumentException($"There is no {file}.", nameof(name));
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return new Sql(file, reader.ReadToEnd(), [], []);
    }

    /// <summary>A SELECT too small for a file of its own: a count, a maximum, the rows of one table.</summary>
    public static Sql Inline(string text) => new("inline", text, [], []);

    /// <summary>Gives a day.</summary>
    public Sql With(string name, DateOnly value) => Set(name, value);
    /// <summary>Gives an integer.</summary>
    public Sql With(string name, int value) => Set(name, value);
    /// <summary>Gives a long integer.</summary>
    public Sql With(string name, long value) => Set(name, value);
    /// <summary>Gives a decimal.</summary>
    public Sql With(string name, decimal value) => Set(name, value);
    /// <summary>Gives a double.</summary>
    public Sql With(string name, double value) => Set(name, value);
    /// <summary>Gives a flag.</summary>
    public Sql With(string name, bool value) => Set(name, value);
    /// <summary>Gives a text.</summary>
    public Sql With(string name, string value) => Set(name, value);
    /// <summary>Gives a list of cut points.</summary>
    public Sql With(string name, IReadOnlyList<decimal> cuts) => Set(name, cuts);
    /// <summary>Gives a date pattern.</summary>
    public Sql With(string name, DatePattern pattern) => Set(name, pattern);

    /// <summary>Gives an expression that was built in code.</summary>
    public Sql With(string name, SqlExpression expression)
    {
        var expressions = new Dictionary<string, SqlExpression>(_expressions) { [name] = expression };
        return new Sql(_file, _text, _values, expressions);
    }

    /// <summary>The SELECT as <paramref name="dialect"/> writes it.</summary>
    /// <exception cref="InvalidOperationException">A value or function is missing, unknown, or not used.</exception>
    public string Render(Dialect dialect)
    {
        var used = new HashSet<string>(StringComparer.Ordinal);
        var rendered = Render(_text, dialect, used, _file);
        foreach (var name in _values.Keys.Concat(_expressions.Keys))
            if (!used.Contains(name)) throw new InvalidOperationException($"{_file}: the value '{name}' is not used.");
        return rendered;
    }

    private Sql Set(string name, object value) =>
        new(_file, _text, new Dictionary<string, object>(_values) { [name] = value }, _expressions);

    private string Render(string text, Dialect dialect, HashSet<string> used, string where)
    {
        var result = new StringBuilder(text.Length);
        foreach (var (kind, token, at) in SqlScanner.Scan(text))
        {
            var line = where + ":" + (1 + text.AsSpan(0, at).Count('\n')).ToString(CultureInfo.InvariantCulture);
            switch (kind)
            {
                case SqlToken.Parameter:
                    result.Append(dialect.Literal(Value(token[1..], used, line)));
                    break;
                case SqlToken.Hole:
                    result.Append(Hole(token[2..^2].Trim(), dialect, used, line));
                    break;
                default:
                    result.Append(token);
                    break;
            }
        }
        return result.ToString();
    }

    private string Hole(string hole, Dialect dialect, HashSet<string> used, string line)
    {
        var open = hole.IndexOf('(', StringComparison.Ordinal);
        if (open < 0)
        {
            if (!_expressions.TryGetValue(hole, out var expression)) throw new InvalidOperationException($"{line}: the expression '{{{{{hole}}}}}' has no value.");
            used.Add(hole);
            return expression.Render(dialect);
        }
        var function = hole[..open].Trim();
        var arguments = SqlScanner.Arguments(hole[(open + 1)..hole.LastIndexOf(')')]);
        if (function == "count_above") return CountAbove(arguments, dialect, used, line);
        try
        {
            return dialect.Call(function, [.. arguments.Select(a => Render(a, dialect, used, line))]);
        }
        catch (ArgumentException wrong)
        {
            throw new InvalidOperationException($"{line}: {wrong.Message}.", wrong);
        }
    }

    private string CountAbove(IReadOnlyList<string> arguments, Dialect dialect, HashSet<string> used, string line)
    {
        var measure = Render(arguments[0], dialect, used, line);
        if (Value(arguments[1].Trim()[1..], used, line) is not IReadOnlyList<decimal> cuts)
            throw new InvalidOperationException($"{line}: 'count_above' takes a list of cut points.");
        return cuts.Count == 0
            ? "0"
            : "(" + string.Join(" + ", cuts.Select(cut => $"CASE WHEN {measure} > {dialect.Literal(cut)} THEN 1 ELSE 0 END")) + ")";
    }

    private object Value(string name, HashSet<string> used, string line)
    {
        used.Add(name);
        return _values.TryGetValue(name, out var value) ? value : throw new InvalidOperationException($"{line}: the parameter ':{name}' has no value.");
    }
}

/// <summary>A SQL expression built in code, because it depends on the client's files; rendered for the engine that runs it.</summary>
public sealed class SqlExpression(Func<Dialect, string> render)
{
    /// <summary>The expression as <paramref name="dialect"/> writes it.</summary>
    public string Render(Dialect dialect) => render(dialect);
}
