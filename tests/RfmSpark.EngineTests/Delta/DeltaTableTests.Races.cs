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
                for (var i = 0; i < commits; i++)
                    Save(
                        engine, new DateOnly(2026, 1, 1).AddDays((writer * commits) + i).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
                        i + 1, [("a", (writer * commits) + i)]);
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

    [Fact]
    public void Rows_are_removed_while_others_publish_and_neither_loses_what_it_did()
    {
        const int days = 25;
        var keys = new Table("keys", "", [], [new("name", ColumnType.Text, "")]);
        List<Exception> failures = [];
        using var both = new Barrier(2);
        var publisher = new Thread(() => Caught(() =>
        {
            using var engine = new DuckDbEngine(new DuckDbOptions(Threads: 1));
            both.SignalAndWait();
            for (var i = 0; i < days; i++) Save(engine, new DateOnly(2026, 1, 1).AddDays(i).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), 1, [("stays", i), ("goes", i)]);
        }));
        publisher.Start();
        _engine.Put(keys, ["goes"], (name, row) => row.Text(name));
        Caught(() =>
        {
            both.SignalAndWait();
            while (publisher.IsAlive) _engine.Remove(keys, Path);
        });
        publisher.Join();
        var last = _engine.Remove(keys, Path);

        Assert.Empty(failures);
        Assert.Equal(Enumerable.Range(0, days).Select(n => (long)n), _engine.Read(ReadAll(), row => (Name: row.Text(1), N: row.Long(2))).Select(r => r.Name == "stays" ? r.N : -1).Order());
        Assert.Equal(last, _engine.Remove(keys, Path));   // nobody is left, and nothing is committed
        Assert.InRange(last!.Value, days, (2 * days) - 1);

        void Caught(Action work)
        {
            try
            {
                work();
            }
            catch (Exception failed)
            {
                lock (failures) failures.Add(failed);
            }
        }
    }
}
