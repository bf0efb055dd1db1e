using System.Globalization;

namespace RfmSpark.EngineTests.Delta;

/// <summary>Writers that meet in one table.</summary>
public sealed partial class DeltaTableTests
{
    [Fact]
    public void A_hundred_racing_commits_lose_none_and_double_none()
    {
        const int writers = 4, commits = 25;
        var start = new Barrier(writers);
        var failures = new List<Exception>();
        var threads = Enumerable.Range(0, writers).Select(writer => new Thread(() =>
        {
            try
            {
                using var engine = new DuckDbEngine(new DuckDbOptions(Threads: 1));
                start.SignalAndWait();
                for (var i = 0; i < commits; i++) Save(engine, new DateOnly(2026, 1, 1).AddDays((writer * commits) + i).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), i + 1, [("a", (writer * commits) + i)]);
            }
            catch (Exception failed)
            {
                lock (failures) failures.Add(failed);
            }
        })).ToList();
        threads.ForEach(t => t.Start());
        threads.ForEach(t => t.Join());

        Assert.Empty(failures);
        Assert.Equal(Enumerable.Range(0, writers * commits).Select(n => (long)n), _engine.Read(ReadAll(), row => row.Long(2)).Order());
        Assert.Equal(writers * commits, Directory.GetFiles(Log, "*.json").Length);
    }

    [Fact]
    public void Writers_that_race_for_one_day_leave_the_rows_of_the_last_started_one()
    {
        const int writers = 4;
        var start = new Barrier(writers);
        List<string> refused = [];
        var threads = Enumerable.Range(1, writers).Select(run => new Thread(() =>
        {
            using var engine = new DuckDbEngine(new DuckDbOptions(Threads: 1));
            start.SignalAndWait();
            try
            {
                Save(engine, "2026-01-01", run, [("a", run), ("b", run)]);
            }
            catch (EngineFault fault)
            {
                lock (refused) refused.Add(fault.Message);
            }
        })).ToList();
        threads.ForEach(t => t.Start());
        threads.ForEach(t => t.Join());

        Assert.Equal([$"2026-01-01|a|{writers}", $"2026-01-01|b|{writers}"], Rows());
        Assert.All(refused, message => Assert.Contains("a run that started later", message, StringComparison.Ordinal));
    }
}
