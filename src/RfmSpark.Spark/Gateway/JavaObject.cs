namespace RfmSpark.Spark.Gateway;

/// <summary>A reference to an object in the JVM, which lives there until this is disposed.</summary>
public sealed class JavaObject : IDisposable
{
    private readonly JavaGateway _gateway;
    private readonly string _id;
    private bool _released;

    internal JavaObject(JavaGateway gateway, string id)
    {
        _gateway = gateway;
        _id = id;
    }

    /// <summary>The reference's name. A released one must never be sent: the gateway would take it for null without a word.</summary>
    internal string Id => _released ? throw new ObjectDisposedException(nameof(JavaObject), $"The Java object {_id} was released.") : _id;

    /// <summary>Calls a method that returns a value or nothing.</summary>
    /// <exception cref="JavaException">The method threw.</exception>
    public object? Call(string method, params IReadOnlyList<object?> arguments) => _gateway.Call(Id, method, arguments);

    /// <summary>Calls a method that returns an object.</summary>
    /// <exception cref="JavaException">The method threw.</exception>
    public JavaObject Get(string method, params IReadOnlyList<object?> arguments) => (JavaObject)(Call(method, arguments)
        ?? throw new InvalidOperationException($"{method} returned null."));

    /// <summary>Releases the reference. Repeating it does nothing; a gateway that is gone has released it already.</summary>
    public void Dispose()
    {
        if (_released) return;
        _released = true;
        _gateway.Release(_id);
    }
}

/// <summary>A Java method threw.</summary>
/// <param name="type">The exception's class, such as <c>org.apache.spark.sql.AnalysisException</c>.</param>
/// <param name="message">Its message.</param>
/// <param name="trace">Its stack trace, with all causes.</param>
public sealed class JavaException(string type, string message, string trace) : Exception($"{type}: {message}")
{
    /// <summary>The exception's class.</summary>
    public string Type { get; } = type;
    /// <summary>The exception's own message, without its class.</summary>
    public string JavaMessage { get; } = message;
    /// <summary>The stack trace in the JVM, with all causes.</summary>
    public string Trace { get; } = trace;
}
