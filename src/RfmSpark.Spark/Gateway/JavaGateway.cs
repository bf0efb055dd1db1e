namespace RfmSpark.Spark.Gateway;

/// <summary>
/// The way into a JVM that runs Spark: one connection for work, which waits as long as a job takes, and one aside, on which references are released, progress
/// is asked for and jobs are cancelled meanwhile.
/// </summary>
public sealed class JavaGateway : IDisposable
{
    private readonly GatewayConnection _work, _aside;
    private bool _closed;

    private JavaGateway(GatewayConnection work, GatewayConnection aside)
    {
        _work = work;
        _aside = aside;
    }

    /// <summary>Opens both connections to the gateway on this machine's <paramref name="port"/>.</summary>
    /// <exception cref="EngineFault">Nobody answers there, or the secret is refused.</exception>
    public static JavaGateway Open(int port, string secret)
    {
        var work = GatewayConnection.Open(port, secret);
        try
        {
            return new JavaGateway(work, GatewayConnection.Open(port, secret));
        }
        catch
        {
            work.Dispose();
            throw;
        }
    }

    /// <summary>Calls a static method of a class.</summary>
    /// <exception cref="JavaException">It threw.</exception>
    public object? Static(string type, string method, params IReadOnlyList<object?> arguments) => Call("z:" + type, method, arguments);

    /// <summary>Calls a constructor.</summary>
    /// <exception cref="JavaException">It threw.</exception>
    public JavaObject New(string type, params IReadOnlyList<object?> arguments) => (JavaObject)Send(_work, GatewayProtocol.New(type, arguments))!;

    /// <summary>An array of java.lang.String, as Java's varargs want it.</summary>
    public JavaObject Strings(IReadOnlyList<string> values)
    {
        var array = (JavaObject)Send(_work, GatewayProtocol.NewArray("java.lang.String", values.Count))!;
        for (var i = 0; i < values.Count; i++) Send(_work, GatewayProtocol.SetElement(array.Id, i, values[i]));
        return array;
    }

    /// <summary>Calls a method on the connection aside, while work may be waiting for a job. Thread-local settings of the work do not hold there.</summary>
    /// <exception cref="JavaException">It threw.</exception>
    public object? CallAside(JavaObject target, string method, params IReadOnlyList<object?> arguments) => Send(_aside, GatewayProtocol.Call(target.Id, method, arguments));

    /// <summary>Calls a static method on the connection aside.</summary>
    /// <exception cref="JavaException">It threw.</exception>
    public object? StaticAside(string type, string method, params IReadOnlyList<object?> arguments) => Send(_aside, GatewayProtocol.Call("z:" + type, method, arguments));

    /// <summary>Closes the connections. The JVM goes on.</summary>
    public void Dispose()
    {
        _closed = true;
        _work.Dispose();
        _aside.Dispose();
    }

    internal object? Call(string target, string method, IReadOnlyList<object?> arguments) => Send(_work, GatewayProtocol.Call(target, method, arguments));

    internal void Release(string id)
    {
        if (_closed) return;
        try
        {
            _aside.Send(GatewayProtocol.Release(id));
        }
        catch (Exception gone) when (gone is EngineFault or ObjectDisposedException)
        {
            // The JVM has ended, and its objects with it.
        }
    }

    private object? Send(GatewayConnection connection, string command)
    {
        var reply = connection.Send(command);
        if (reply.StartsWith("!xr", StringComparison.Ordinal)) throw Thrown(connection, reply[3..]);
        if (reply.StartsWith("!x", StringComparison.Ordinal) || reply.StartsWith("!z", StringComparison.Ordinal))
            throw new EngineFault($"Spark's gateway refused a call: {GatewayProtocol.Unescape(reply.Length > 3 ? reply[3..] : "no reason given")}");
        return GatewayProtocol.Value(reply, this);
    }

    // What is asked about an exception must not hide it: a question that fails leaves a blank.
    private JavaException Thrown(GatewayConnection connection, string id)
    {
        using var exception = new JavaObject(this, id);
        var type = Ask(GatewayProtocol.Call(id, "toString", [])) ?? "";
        var message = Ask(GatewayProtocol.Call(id, "getMessage", [])) ?? "";
        var name = type.EndsWith(message, StringComparison.Ordinal) ? type[..^message.Length].TrimEnd(' ', ':') : type.Split(':')[0];
        return new JavaException(name, message, Ask(GatewayProtocol.Trace(id)) ?? "");

        string? Ask(string command)
        {
            var reply = connection.Send(command);
            return reply.StartsWith("!ys", StringComparison.Ordinal) ? GatewayProtocol.Unescape(reply[3..]) : null;
        }
    }
}
