using System.Buffers.Binary;
using System.Diagnostics;
using System.Text;

namespace RfmSpark.Spark.Gateway;

/// <summary>
/// A JVM that this process starts from <c>SPARK_HOME</c> for itself (a notebook, a debugger, a test) with <c>spark-submit … pyspark-shell</c>, as PySpark does.
/// It ends when the pipe to its standard input closes, and so also when this process is killed.
/// </summary>
internal sealed class JvmProcess : IDisposable
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromMinutes(2), EndLimit = TimeSpan.FromSeconds(15);
    private readonly Process _process;
    private readonly LogTail _tail;

    private JvmProcess(Process process, LogTail tail, int port, string secret)
    {
        _process = process;
        _tail = tail;
        Port = port;
        Secret = secret;
    }

    /// <summary>The gateway's port on this machine.</summary>
    internal int Port { get; }

    /// <summary>What opens the gateway. It is kept in memory alone.</summary>
    internal string Secret { get; }

    /// <summary>The last lines that the JVM has logged.</summary>
    internal string Tail => _tail.ToString();

    /// <summary>Starts the JVM and waits for its gateway.</summary>
    /// <param name="home">The Spark home.</param>
    /// <param name="options">Options of spark-submit.</param>
    /// <exception cref="EngineFault">There is no Spark, no Java, or the JVM does not come up.</exception>
    internal static JvmProcess Start(string? home, IReadOnlyList<string> options)
    {
        var submit = Path.Combine(home ?? "", "bin", OperatingSystem.IsWindows() ? "spark-submit.cmd" : "spark-submit");
        if (string.IsNullOrEmpty(home) || !File.Exists(submit))
            throw new EngineFault($"There is no Spark at SPARK_HOME ('{home}'). Set it to a Spark home of version 3.5 or newer, one with bin/spark-submit.");

        // A folder of mode 700: the file in it holds the secret, for as long as it takes to read it.
        var folder = Directory.CreateTempSubdirectory("rfmspark-gateway-");
        var handover = Path.Combine(folder.FullName, "gateway");
        var start = new ProcessStartInfo(submit, [.. options, "pyspark-shell"]) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["_PYSPARK_DRIVER_CONN_INFO_PATH"] = handover;
        start.Environment["SPARK_CONNECT_MODE"] = "0";
        try
        {
            var process = Process.Start(start)!;
            var tail = new LogTail(process);
            var limit = Stopwatch.StartNew();
            while (!File.Exists(handover))
            {
                if (process.WaitForExit(TimeSpan.FromMilliseconds(100)) && !File.Exists(handover))
                {
                    // The wait above does not wait for the last lines that it has printed, and they say why.
                    process.WaitForExitAsync().Wait(EndLimit);
                    throw new EngineFault($"Spark did not start (spark-submit ended with {process.ExitCode}). {Advice(tail.ToString())}{Environment.NewLine}{tail}");
                }
                if (limit.Elapsed <= StartLimit) continue;
                process.Kill(entireProcessTree: true);
                throw new EngineFault($"Spark did not start within {StartLimit.TotalSeconds} seconds.{Environment.NewLine}{tail}");
            }
            var (port, secret) = Read(handover);
            return new JvmProcess(process, tail, port, secret);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>Lets the JVM end by itself, and ends it if it does not.</summary>
    public void Dispose()
    {
        try
        {
            _process.StandardInput.Close();
        }
        catch (IOException)
        {
            // The pipe is broken because the JVM has ended.
        }
        if (!_process.WaitForExit(EndLimit)) _process.Kill(entireProcessTree: true);
        _process.Dispose();
    }

    // Big-endian: port, length of the secret, the secret.
    private static (int Port, string Secret) Read(string file)
    {
        var bytes = File.ReadAllBytes(file);
        var length = BinaryPrimitives.ReadInt32BigEndian(bytes.AsSpan(4));
        return (BinaryPrimitives.ReadInt32BigEndian(bytes), Encoding.UTF8.GetString(bytes, 8, length));
    }

    private static string Advice(string log) => log switch
    {
        _ when log.Contains("JAVA_HOME is not set", StringComparison.Ordinal) || log.Contains("java: command not found", StringComparison.Ordinal)
            || log.Contains("bin/java: No such file", StringComparison.Ordinal) =>
            "Java is missing: install Java 17 or set JAVA_HOME.",
        _ when log.Contains("UnsupportedClassVersionError", StringComparison.Ordinal) || log.Contains("Unrecognized option: --add-", StringComparison.Ordinal) =>
            "This Java is too old for this Spark: Spark 4 needs Java 17 or newer.",
        _ => "What it said:",
    };

    /// <summary>Drains what the JVM prints, without which it would block, and keeps the last lines.</summary>
    private sealed class LogTail
    {
        private const int Lines = 60;
        private readonly Queue<string> _lines = new();

        internal LogTail(Process process)
        {
            process.OutputDataReceived += (_, line) => Add(line.Data);
            process.ErrorDataReceived += (_, line) => Add(line.Data);
            process.BeginOutputReadLine();
            process.BeginErrorReadLine();
        }

        public override string ToString()
        {
            lock (_lines) return string.Join(Environment.NewLine, _lines);
        }

        private void Add(string? line)
        {
            if (line is null) return;
            lock (_lines)
            {
                _lines.Enqueue(line);
                if (_lines.Count > Lines) _lines.Dequeue();
            }
        }
    }
}
