using System.Text.Json.Nodes;

namespace RfmSpark.Runs;

/// <summary>Where a run says what it does.</summary>
public interface IRunLog
{
    /// <summary>A stage begins, and ends when the result is disposed.</summary>
    IDisposable Stage(string name);

    /// <summary>A fact of the run.</summary>
    void Info(string message);

    /// <summary>A fact that someone should look at; the run goes on.</summary>
    void Warn(string message);

    /// <summary>A run is over and its tables are complete: what it was and came to, in one line for a program that watches.</summary>
    void Finished(JsonObject run);
}

/// <summary>The run's clock. Runs of one process get numbers that rise, however quickly they follow one another.</summary>
public sealed class RunClock(TimeProvider time)
{
    private long _last;

    /// <summary>Milliseconds since 1970, later than any given before.</summary>
    public long Now() => _last = Math.Max(_last + 1, time.GetUtcNow().ToUnixTimeMilliseconds());

    /// <summary>The same, and later than all of <paramref name="runs"/>, though a clock was ahead when they were published.</summary>
    public long After(IEnumerable<FinishedRun> runs)
    {
        _last = Math.Max(_last, runs.Select(run => run.Number).DefaultIfEmpty().Max());
        return Now();
    }
}
