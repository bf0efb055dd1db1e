using System.Globalization;
using RfmSpark.Spark.Gateway;

namespace RfmSpark.Spark;

/// <summary>
/// Begins a session: in the JVM that started this process, if <c>spark-submit</c> did, else in one that is started from <c>SPARK_HOME</c>.
/// </summary>
public sealed class SparkSessionBuilder
{
    private const string PortVariable = "PYSPARK_GATEWAY_PORT", SecretVariable = "PYSPARK_GATEWAY_SECRET";
    private const string ConnectOnly = "Spark runs in the mode of Spark Connect, in which this program cannot speak to it. "
        + "Add --conf spark.api.mode=classic, unset SPARK_CONNECT_MODE and spark.remote, or take a Spark that is not made for Connect alone.";
    private static readonly Version Oldest = new(3, 5);
    private static bool _isHandedOver;
    private readonly Dictionary<string, string> _config = new(StringComparer.Ordinal);

    internal SparkSessionBuilder() { }

    /// <summary>Whether spark-submit started this process.</summary>
    public static bool UnderSparkSubmit => Environment.GetEnvironmentVariable(PortVariable) is not null;

    /// <summary>Makes sure that spark-submit, which started this process, handed over its gateway.</summary>
    /// <exception cref="EngineFault">It did not.</exception>
    public static void RequireGateway()
    {
        if (!UnderSparkSubmit) throw new EngineFault(ConnectOnly);
    }

    /// <summary>The name that Spark's own pages show.</summary>
    public SparkSessionBuilder AppName(string name) => Config("spark.app.name", name);

    /// <summary>Where to run, such as <c>local[2]</c> or <c>spark://host:7077</c>. Under spark-submit it says so itself.</summary>
    public SparkSessionBuilder Master(string master) => Config("spark.master", master);

    /// <summary>Any setting of Spark.</summary>
    public SparkSessionBuilder Config(string key, string value)
    {
        _config[key] = value;
        return this;
    }

    /// <summary>The session.</summary>
    /// <exception cref="EngineFault">There is no Spark, it does not start, or it is older than 3.5.</exception>
    public SparkSession GetOrCreate()
    {
        var jvm = UnderSparkSubmit ? null : JvmProcess.Start(Environment.GetEnvironmentVariable("SPARK_HOME"),
            ["--conf", "spark.api.mode=classic", .. _config.SelectMany(c => new[] { "--conf", $"{c.Key}={c.Value}" })]);
        JavaGateway? gateway = null;
        try
        {
            gateway = jvm is not null ? JavaGateway.Open(jvm.Port, jvm.Secret) : OpenHandedOver();
            using var builder = (JavaObject)gateway.Static("org.apache.spark.sql.SparkSession", "builder")!;
            foreach (var (key, value) in _config) builder.Get("config", key, value).Dispose();
            var session = new SparkSession(gateway, builder.Get("getOrCreate"), jvm);
            CheckVersion(session.Version());
            return session;
        }
        catch (Exception failed)
        {
            gateway?.Dispose();
            var tail = jvm?.Tail;
            jvm?.Dispose();
            throw failed switch
            {
                JavaException java => new EngineFault($"Spark's session did not start: {java.Message}{Environment.NewLine}{tail}", java),
                EngineFault when failed.Message.Contains("ClassNotFoundException: org.apache.spark.sql.SparkSession", StringComparison.Ordinal) => new EngineFault(ConnectOnly, failed),
                _ => failed,
            };
        }
    }

    // The secret leaves the environment, so that nothing that we start inherits it.
    private static JavaGateway OpenHandedOver()
    {
        var port = int.Parse(Environment.GetEnvironmentVariable(PortVariable)!, CultureInfo.InvariantCulture);
        if (_isHandedOver) throw new EngineFault("The session of this spark-submit was made already; there is one for each program. Use that one.");
        var secret = Environment.GetEnvironmentVariable(SecretVariable)
            ?? throw new EngineFault($"spark-submit handed over {PortVariable} without {SecretVariable}: this Spark is too old. Spark {Oldest} or newer is needed.");
        Environment.SetEnvironmentVariable(SecretVariable, null);
        _isHandedOver = true;
        return JavaGateway.Open(port, secret);
    }

    private static void CheckVersion(string version)
    {
        var numbers = version.Split('-')[0].Split('.');
        var found = new Version(int.Parse(numbers[0], CultureInfo.InvariantCulture), int.Parse(numbers[1], CultureInfo.InvariantCulture));
        if (found < Oldest) throw new EngineFault($"This is Spark {version}; Spark {Oldest} or newer is needed.");
    }
}
