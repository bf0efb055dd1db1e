using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace RfmSpark.EngineTests.Spark;

/// <summary>A real standalone cluster on this machine: a master and two workers, with cores for two applications.</summary>
public sealed class StandaloneFixture : SparkFixture
{
    private readonly string _work = Directory.CreateTempSubdirectory("rfmspark-standalone-").FullName;
    private readonly List<Process> _daemons = [];
    private string? _url;

    /// <summary>The master's URL; the cluster is started by the first who asks.</summary>
    internal string Url()
    {
        if (_url is not null) return _url;
        Requires.SparkHome();
        var port = FreePort.Find();
        _url = string.Create(CultureInfo.InvariantCulture, $"spark://127.0.0.1:{port}");
        Start("org.apache.spark.deploy.master.Master", "--host", "127.0.0.1", "--port", port.ToString(CultureInfo.InvariantCulture), "--webui-port", "0");
        WaitFor(() => Answers(port), "the master");
        for (var worker = 1; worker <= 2; worker++)
            Start(
                "org.apache.spark.deploy.worker.Worker", "--host", "127.0.0.1", "--cores", "2", "--memory", "2400m", "--webui-port", "0",
                "--work-dir", Path.Combine(_work, worker.ToString(CultureInfo.InvariantCulture)), _url);
        return _url;
    }

    /// <inheritdoc/>
    protected override string Master() => Url();

    /// <summary>The processes that do this session's work, and not that of another application, found by what they were started with.</summary>
    internal IReadOnlyList<int> Executors() => Processes("CoarseGrainedExecutorBackend", ExecutorMark);

    /// <summary>The processes whose command line holds all of some texts.</summary>
    internal static IReadOnlyList<int> Processes(params string[] texts) => [.. Directory.EnumerateDirectories("/proc").Select(Path.GetFileName)
        .Where(
            name => int.TryParse(name, out _)
                && CommandLine(name!) is var command
                && texts.All(text => command.Contains(text, StringComparison.Ordinal)))
        .Select(name => int.Parse(name!, CultureInfo.InvariantCulture))];

    /// <inheritdoc/>
    public override void Dispose()
    {
        base.Dispose();
        foreach (var daemon in _daemons)
        {
            daemon.Kill(entireProcessTree: true);
            daemon.WaitForExit();
            daemon.Dispose();
        }
        Directory.Delete(_work, recursive: true);
    }

    private void Start(params IReadOnlyList<string> command)
    {
        var start = new ProcessStartInfo(Path.Combine(Requires.SparkHome(), "bin", "spark-class"), command) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["SPARK_LOCAL_IP"] = "127.0.0.1";
        var daemon = Process.Start(start)!;
        daemon.OutputDataReceived += (_, _) => { };
        daemon.ErrorDataReceived += (_, _) => { };
        daemon.BeginOutputReadLine();
        daemon.BeginErrorReadLine();
        _daemons.Add(daemon);
    }

    private static string CommandLine(string process)
    {
        try
        {
            return File.ReadAllText(Path.Combine("/proc", process, "cmdline"));
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }

    private static bool Answers(int port)
    {
        try
        {
            using var client = new TcpClient();
            client.Connect(IPAddress.Loopback, port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private static void WaitFor(Func<bool> holds, string what)
    {
        for (var waited = 0; waited < 600; waited++)
        {
            if (holds()) return;
            Thread.Sleep(100);
        }
        Assert.Fail($"{what} did not come up.");
    }
}
