using System.Globalization;
using RfmSpark.Engine;
using RfmSpark.Runs;

namespace RfmSpark.Jobs;

/// <summary>Days that were published before those that they look back to.</summary>
internal static class LaterDays
{
    /// <summary>Says which days under <paramref name="output"/> are later than <paramref name="day"/>: what they tell of earlier segments was worked out without it.</summary>
    internal static void Warn(IEngine engine, string output, DateOnly day, JobLog log)
    {
        var later = FinishedRun.All(engine, output).Select(run => run.Day).Where(published => published > day).Order().ToList();
        if (later.Count == 0) return;
        log.Warn(string.Create(CultureInfo.InvariantCulture,
            $"{later[0]:yyyy-MM-dd}{(later.Count == 1 ? " is" : $" and {later.Count - 1:N0} days after it are")} published already, "
                + $"without {day:yyyy-MM-dd} to look back to (previous_segment, segment_since, segment_changes): "
                + $"run {(later.Count == 1 ? "it" : "them")} again after this"));
    }
}
