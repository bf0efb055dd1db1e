using System.Globalization;
using System.Text.RegularExpressions;

namespace RfmSpark.Engine;

/// <summary>
/// How one engine spells what SQL engines spell differently: a table of functions, and literals.
/// The functions' names and meanings are the same everywhere; <see cref="FunctionNames"/> lists them.
/// </summary>
public abstract partial class Dialect
{
    /// <summary>Every function that a SQL file may call as <c>{{name(…)}}</c>, with its number of arguments.</summary>
    public static readonly IReadOnlyDictionary<string, int> FunctionNames = new Dictionary<string, int>
    {
        ["days_between"] = 2,   // whole days from the first date to the second
        ["matches"] = 2,        // whether all of a text matches a regular expression (no backslashes)
        ["parse_day"] = 2,      // the day of a text in a date pattern, or NULL
        ["product"] = 2,        // of two DECIMAL(18,6), exact
        ["money"] = 1,          // a sum of money, rounded half away from zero to 2 digits: DECIMAL(18,2)
        ["money_of"] = 1,       // a double as money, rounded half up to 2 digits
        ["money_per"] = 2,      // an amount of money divided by a count, rounded half away from zero to 2 digits
        ["hash24"] = 1,         // 24 bits of a text's MD5, as an integer: 0 to 16,777,215
        ["bit"] = 1,            // 2 to the power of an integer from 0 to 61: BIGINT
        ["whole_sum"] = 1,      // an aggregate over BIGINT: their sum as BIGINT; NULL or an error, never a wrong one, where it does not fit
        ["median"] = 1,         // an aggregate over integers: the middle one, or the mean of the two middle ones, as a double
    };

    /// <summary>The dialect's name, as in the names of golden files.</summary>
    public abstract string Name { get; }

    /// <summary>This engine's form of a function of <see cref="FunctionNames"/>, with <c>$1</c>, <c>$2</c> for its arguments.</summary>
    protected abstract IReadOnlyDictionary<string, string> Functions { get; }

    /// <summary>The name of a type in a CAST.</summary>
    public abstract string TypeName(ColumnType type);

    /// <summary>A text literal.</summary>
    public abstract string Quote(string text);

    /// <summary>A quoted identifier.</summary>
    public abstract string Identifier(string name);

    /// <summary>This engine's notation of a date pattern, as a text literal.</summary>
    public abstract string DatePattern(DatePattern pattern);

    /// <summary>A literal of <paramref name="value"/>: a string, bool, int, long, decimal, double, DateOnly or <see cref="Engine.DatePattern"/>.</summary>
    public string Literal(object value) => value switch
    {
        string text => Quote(text),
        bool flag => flag ? "TRUE" : "FALSE",
        int number => number.ToString(CultureInfo.InvariantCulture),
        long number => $"CAST({number.ToString(CultureInfo.InvariantCulture)} AS BIGINT)",
        decimal number => number.ToString(CultureInfo.InvariantCulture),
        double number => $"CAST('{number.ToString("R", CultureInfo.InvariantCulture)}' AS DOUBLE)",
        DateOnly day => $"DATE '{day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}'",
        Engine.DatePattern pattern => DatePattern(pattern),
        _ => throw new ArgumentException($"A SQL value cannot be a {value.GetType().Name}.", nameof(value)),
    };

    /// <summary>A call of <paramref name="function"/> as this engine writes it.</summary>
    public string Call(string function, IReadOnlyList<string> arguments)
    {
        if (!FunctionNames.TryGetValue(function, out var arity))
            throw new ArgumentException($"no dialect function '{function}'; there are {string.Join(", ", FunctionNames.Keys)}");
        if (arguments.Count != arity)
            throw new ArgumentException($"'{function}' takes {arity} arguments, not {arguments.Count}");
        // In one pass, for an argument may hold such a sign itself.
        return Place().Replace(Functions[function], place => arguments[int.Parse(place.Groups[1].ValueSpan, CultureInfo.InvariantCulture) - 1]);
    }

    [GeneratedRegex(@"\$([1-9])")]
    private static partial Regex Place();
}
