using System.Globalization;
using RfmSpark.Engine;
using RfmSpark.Report;
using RfmSpark.Runs;
using RfmSpark.Settings;

namespace RfmSpark.Jobs;

/// <summary>The pages beside the tables: <c>reports/DAY.html</c> for each day, and <c>report.html</c>, which is that of the last one.</summary>
internal static class Pages
{
    /// <summary>
    /// Writes the page of the run as of <paramref name="asOf"/> (null for the last day there is) and, if it is the last day's, <c>report.html</c>.
    /// Settings that are <paramref name="asked"/> for stand in for the run's own. Returns the path of the one to open.
    /// </summary>
    internal static string Write(IEngine engine, string output, DateOnly? asOf, JobLog log, ReportConfig? asked = null)
    {
        using (log.Stage("report"))
        {
            var last = FinishedRun.Find(engine, output, null);
            var run = asOf is null || asOf == last.Day ? last : FinishedRun.Find(engine, output, asOf);
            return Put(engine, output, run.Day, run == last, ReportPage.Make(engine, run, asked));
        }
    }

    /// <summary>Writes the pages of all days again, after their tables have changed. One that cannot be made any more says so, in place of what it told.</summary>
    internal static void WriteAll(IEngine engine, string output, JobLog log)
    {
        using (log.Stage("reports"))
        {
            var runs = FinishedRun.All(engine, output);
            foreach (var run in runs) Put(engine, output, run.Day, run == runs[^1], PageOrWhyNot(engine, run, log));
        }
    }

    private static ReadOnlyMemory<byte> PageOrWhyNot(IEngine engine, FinishedRun run, JobLog log)
    {
        try
        {
            return ReportPage.Make(engine, run);
        }
        catch (ConfigFault older)
        {
            log.Warn($"report: {older.Message}");
            return ReportPage.Without(older.Message);
        }
    }

    private static string Put(IEngine engine, string output, DateOnly day, bool isLast, ReadOnlyMemory<byte> page)
    {
        var ofDay = Path.Combine(output, "reports", string.Create(CultureInfo.InvariantCulture, $"{day:yyyy-MM-dd}.html"));
        engine.WriteFile(ofDay, page);
        if (!isLast) return ofDay;
        var last = Path.Combine(output, "report.html");
        engine.WriteFile(last, page);
        return last;
    }
}
