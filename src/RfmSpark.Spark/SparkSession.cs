using RfmSpark.Spark.Gateway;

namespace RfmSpark.Spark;

/// <summary>
/// Spark, driven from .NET through the gateway that Spark itself has for PySpark: nothing is installed on the cluster, and any Spark from 3.5 on will do.
/// The types keep the names that .NET for Apache Spark made known.
/// </summary>
/// <example><code>
/// using var spark = SparkSession.Builder().AppName("x").Master("local[2]").GetOrCreate();
/// spark.Read().Option("header", "true").Csv("orders.csv").CreateOrReplaceTempView("orders");
/// spark.Sql("SELECT count(*) FROM orders").Show();
/// </code></example>
public sealed class SparkSession : IDisposable
{
    private readonly JvmProcess? _jvm;
    private RuntimeConfig? _conf;
    private bool _isDisposed;

    internal SparkSession(JavaGateway gateway, JavaObject session, JvmProcess? jvm)
    {
        Gateway = gateway;
        Java = session;
        _jvm = jvm;
    }

    /// <summary>The way into the JVM, for what has no method here.</summary>
    public JavaGateway Gateway { get; }

    /// <summary>The session in the JVM.</summary>
    public JavaObject Java { get; }

    /// <summary>Begins a session's settings.</summary>
    public static SparkSessionBuilder Builder() => new();

    /// <summary>Spark's version, such as <c>4.2.0</c>.</summary>
    public string Version() => (string)Java.Call("version")!;

    /// <summary>Settings of the session that may change while it runs.</summary>
    public RuntimeConfig Conf() => _conf ??= new(Java.Get("conf"));

    /// <summary>The rows of a query; nothing runs until they are asked for.</summary>
    /// <exception cref="JavaException">Spark refuses it.</exception>
    public DataFrame Sql(string query) => new(this, Java.Get("sql", query));

    /// <summary>A table or view by its name.</summary>
    public DataFrame Table(string name) => new(this, Java.Get("table", name));

    /// <summary>Reads files.</summary>
    public DataFrameReader Read() => new(this, Java.Get("read"));

    /// <summary>Ends the session, and the JVM if it was started for it.</summary>
    public void Dispose()
    {
        if (_isDisposed) return;
        _isDisposed = true;
        try
        {
            Java.Call("stop");
        }
        catch (Exception gone) when (gone is EngineFault or JavaException)
        {
            // The JVM has ended before us; there is nothing left to stop.
        }
        Java.Dispose();
        Gateway.Dispose();
        _jvm?.Dispose();
    }
}

/// <summary>Settings of the session that may change while it runs.</summary>
public sealed class RuntimeConfig
{
    private readonly JavaObject _conf;

    internal RuntimeConfig(JavaObject conf) => _conf = conf;

    /// <summary>The value of a setting.</summary>
    /// <exception cref="JavaException">It has none.</exception>
    public string Get(string key) => (string)_conf.Call("get", key)!;

    /// <summary>The value of a setting, or <paramref name="otherwise"/>.</summary>
    public string Get(string key, string otherwise) => (string)_conf.Call("get", key, otherwise)!;

    /// <summary>Whether somebody has set a value; false where Spark's own default holds.</summary>
    public bool Has(string key)
    {
        using var all = _conf.Get("getAll");
        return all.Call("contains", key) is true;
    }

    /// <summary>Sets a value.</summary>
    public void Set(string key, string value) => _conf.Call("set", key, value);

    /// <summary>Takes a value back, so that Spark's own default holds.</summary>
    public void Unset(string key) => _conf.Call("unset", key);
}
