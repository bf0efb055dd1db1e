using System.Globalization;
using RfmSpark.Engine;
using RfmSpark.Spark.Gateway;

namespace RfmSpark.Spark;

/// <summary>
/// Spark's jobs while they run: named after the table that they make, so that Spark's own pages say it too; followed task by task; and cancelled.
/// Asks on the connection aside, since the work's own waits for the job to end.
/// </summary>
internal sealed class SparkJobs : IDisposable
{
    // Of this engine alone: what is cancelled stays so, and the session may have other work.
    private readonly string _group = $"rfmspark-{Guid.NewGuid():N}";
    private static readonly TimeSpan ReportEvery = TimeSpan.FromMilliseconds(500);
    private readonly JavaGateway _gateway;
    private readonly JavaObject _context;
    private readonly JavaObject _tracker;
    private readonly Action<EngineProgress>? _progress;
    private readonly Timer? _timer;
    private volatile string? _running;
    private int _reporting;

    internal SparkJobs(SparkSession session, Action<EngineProgress>? progress)
    {
        _gateway = session.Gateway;
        _context = session.Java.Get("sparkContext");
        // The Java form of the context: its tracker answers null where the Scala one answers an Option.
        using var java = _gateway.New("org.apache.spark.api.java.JavaSparkContext", _context);
        _tracker = java.Get("statusTracker");
        _progress = progress;
        if (progress is not null) _timer = new Timer(_ => Report(), null, ReportEvery, ReportEvery);
    }

    /// <summary>Names the jobs that run until the result is disposed.</summary>
    internal IDisposable Named(string table, string file)
    {
        _context.Call("setJobGroup", _group, $"{table} ({file})", true);
        _running = table;
        return new Naming(this);
    }

    /// <summary>Cancels what runs.</summary>
    // Between two jobs of a statement none runs: those to come are cancelled too, but by Spark 3.5, which cannot.
    internal void Cancel() => _ = TryCancel("cancelJobGroupAndFutureJobs") || TryCancel("cancelJobGroup");

    private bool TryCancel(string method)
    {
        try
        {
            _gateway.CallAside(_context, method, _group);
            return true;
        }
        catch (Exception gone) when (gone is EngineFault or JavaException or ObjectDisposedException)
        {
            // Spark has no such method, or the interrupt has ended the JVM too, and its jobs with it.
            return false;
        }
    }

    public void Dispose()
    {
        if (_timer is not null)
        {
            using var ended = new ManualResetEvent(false);
            if (_timer.Dispose(ended)) ended.WaitOne();
        }
        _tracker.Dispose();
        _context.Dispose();
    }

    private void Report()
    {
        // A slow answer must not let reports queue up behind it.
        if (_running is not { } table || Interlocked.Exchange(ref _reporting, 1) == 1) return;
        try
        {
            var (done, all) = ActiveStages().Select(TasksOf).Aggregate((Done: 0, All: 0), (sum, stage) => (sum.Done + stage.Done, sum.All + stage.All));
            if (all > 0) _progress!(new EngineProgress(100.0 * done / all, string.Create(CultureInfo.InvariantCulture, $"{table}, {done:N0} of {all:N0} tasks")));
        }
        catch (Exception gone) when (gone is EngineFault or JavaException or ObjectDisposedException)
        {
            // Progress is a courtesy: whoever waits for the job hears what went wrong.
        }
        finally
        {
            Volatile.Write(ref _reporting, 0);
        }
    }

    private IEnumerable<int> ActiveStages()
    {
        using var ids = (JavaObject)_gateway.CallAside(_tracker, "getActiveStageIds")!;
        // One reply for the whole array: [3, 4].
        var text = (string)_gateway.StaticAside("java.util.Arrays", "toString", ids)!;
        return [.. text.Trim('[', ']').Split(", ", StringSplitOptions.RemoveEmptyEntries).Select(id => int.Parse(id, CultureInfo.InvariantCulture))];
    }

    private (int Done, int All) TasksOf(int stage)
    {
        using var info = (JavaObject?)_gateway.CallAside(_tracker, "getStageInfo", stage);
        return info is null ? (0, 0) : ((int)_gateway.CallAside(info, "numCompletedTasks")!, (int)_gateway.CallAside(info, "numTasks")!);
    }

    private sealed class Naming(SparkJobs jobs) : IDisposable
    {
        public void Dispose() => jobs._running = null;
    }
}
