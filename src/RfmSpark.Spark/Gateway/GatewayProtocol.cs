using System.Globalization;
using System.Text;

namespace RfmSpark.Spark.Gateway;

/// <summary>
/// The text of Py4J, the protocol of Spark's own gateway: a command is lines, each argument one, ended by <c>e</c>; a reply is one line that begins with <c>!</c>.
/// (py4j-java <c>Protocol.java</c>, py4j-python <c>protocol.py</c>.)
/// </summary>
internal static class GatewayProtocol
{
    /// <summary>The reply of a command that returns nothing.</summary>
    internal const string VoidReply = "!yv";

    private const int SurelyExactDigits = 28;

    /// <summary>A call of a method of an object, or of a class's static method if <paramref name="target"/> begins with <c>z:</c>.</summary>
    internal static string Call(string target, string method, IReadOnlyList<object?> arguments) => Command($"c\n{target}\n{method}\n", arguments);

    /// <summary>A call of a constructor.</summary>
    internal static string New(string type, IReadOnlyList<object?> arguments) => Command($"i\n{type}\n", arguments);

    /// <summary>A new array of a class or primitive type.</summary>
    internal static string NewArray(string type, int length) => string.Create(CultureInfo.InvariantCulture, $"a\nc\ns{type}\ni{length}\ne\n");

    /// <summary>Sets an element of an array.</summary>
    internal static string SetElement(string array, int index, object? value) => string.Create(CultureInfo.InvariantCulture, $"a\ns\n{array}\ni{index}\n{Argument(value)}\ne\n");

    /// <summary>The stack trace of an exception, with its causes.</summary>
    internal static string Trace(string exception) => $"p\nr{exception}\ne\n";

    /// <summary>Releases a reference.</summary>
    internal static string Release(string id) => $"m\nd\n{id}\ne\n";

    /// <summary>One argument: its type as a letter, then its text. A line break must not stand in it, for it would end the argument.</summary>
    internal static string Argument(object? value) => value switch
    {
        null => "n",
        bool flag => flag ? "btrue" : "bfalse",
        int number => "i" + number.ToString(CultureInfo.InvariantCulture),
        long number => "L" + number.ToString(CultureInfo.InvariantCulture),
        double number => "d" + (double.IsNaN(number) ? "NaN"
            : double.IsPositiveInfinity(number) ? "Infinity"
            : double.IsNegativeInfinity(number) ? "-Infinity"
            : number.ToString("R", CultureInfo.InvariantCulture)),
        decimal number => "D" + number.ToString(CultureInfo.InvariantCulture),
        string text => "s" + Escape(text),
        byte[] bytes => "j" + Convert.ToBase64String(bytes),
        JavaObject reference => "r" + reference.Id,
        _ => throw new ArgumentException($"A Java argument cannot be a {value.GetType().Name}.", nameof(value)),
    };

    /// <summary>The value of a reply that is no error: a .NET value, or a <see cref="JavaObject"/> for a reference.</summary>
    internal static object? Value(string reply, JavaGateway gateway)
    {
        if (!reply.StartsWith("!y", StringComparison.Ordinal) || reply.Length < 3) throw new EngineFault($"Spark's gateway answered '{Shortened(reply)}', which is no reply.");
        var payload = reply[3..];
        return reply[2] switch
        {
            'n' or 'v' => null,
            'b' => payload == "true",
            'i' => int.Parse(payload, CultureInfo.InvariantCulture),
            'L' => long.Parse(payload, CultureInfo.InvariantCulture),
            'd' => Double(payload),
            'D' => Decimal(payload),
            's' => Unescape(payload),
            'j' => Convert.FromBase64String(payload),
            'r' or 't' or 'l' or 'a' or 'h' or 'g' => new JavaObject(gateway, payload),
            _ => throw new EngineFault($"Spark's gateway answered '{Shortened(reply)}', a type that is not known."),
        };
    }

    /// <summary>Backslash, carriage return and line feed are written as two characters; all else goes as it is.</summary>
    internal static string Escape(string text) =>
        text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\r", "\\r", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);

    /// <summary>The text that <see cref="Escape"/> was given.</summary>
    internal static string Unescape(string text)
    {
        if (!text.Contains('\\', StringComparison.Ordinal)) return text;
        var plain = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] != '\\' || i + 1 == text.Length) plain.Append(text[i]);
            else plain.Append(text[++i] switch { 'n' => '\n', 'r' => '\r', var other => other });
        }
        return plain.ToString();
    }

    /// <summary>A double as Java prints it.</summary>
    internal static double Double(ReadOnlySpan<char> text) => text switch
    {
        "NaN" => double.NaN,
        "Infinity" => double.PositiveInfinity,
        "-Infinity" => double.NegativeInfinity,
        _ => double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture),
    };

    /// <summary>A decimal as Java prints it.</summary>
    /// <exception cref="OverflowException">It has more digits than a decimal of .NET, which would be rounded off without a word.</exception>
    internal static decimal Decimal(ReadOnlySpan<char> text)
    {
        var value = decimal.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture);
        if (text.Length > SurelyExactDigits && Digits(text.ToString()) != Digits(value.ToString(CultureInfo.InvariantCulture)))
            throw new OverflowException($"The decimal {text} has more digits than .NET's decimal holds. Cast it to one of up to {SurelyExactDigits} digits, or to STRING.");
        return value;
    }

    private static string Digits(string number) => number.Split('E')[0].Replace(".", "", StringComparison.Ordinal).Trim('-', '0');

    private static string Command(string head, IReadOnlyList<object?> arguments)
    {
        var command = new StringBuilder(head);
        foreach (var argument in arguments) command.Append(Argument(argument)).Append('\n');
        return command.Append("e\n").ToString();
    }

    private static string Shortened(string text) => text.Length <= 100 ? text : text[..100] + "…";
}
