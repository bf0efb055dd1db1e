namespace RfmSpark.EngineTests.Contract;

/// <summary>What only an engine inside the process can promise.</summary>
public sealed class EmbeddedEngineTests
{
    // It would run for days.
    private const string Long = "SELECT CAST(COUNT(*) AS BIGINT) FROM range(1000000000) a, range(1000000) b WHERE hash(a.range + b.range) = 0";

    [Fact]
    public async Task Cancelling_stops_a_query_that_runs()
    {
        using var cancel = new CancellationTokenSource(TimeSpan.FromMilliseconds(300));
        using var engine = new DuckDbEngine(cancel: cancel.Token);

        var reading = Task.Run(() => engine.Read(Sql.Inline(Long), row => row.Long(0)));

        // Minutes, since threads come late where the other tests take all cores.
        await Assert.ThrowsAsync<OperationCanceledException>(() => reading.WaitAsync(TimeSpan.FromMinutes(3)));
    }

    [Fact]
    public void A_query_tells_how_far_it_is()
    {
        using var cancel = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        List<EngineProgress> told = [];
        using var engine = new DuckDbEngine(cancel: cancel.Token, progress: progress =>
        {
            lock (told) told.Add(progress);
            if (progress.Percent > 0) cancel.Cancel();
        });
        engine.Create(new Table("many", "", [], [new("n", ColumnType.Long, "")]), Sql.Inline("SELECT range AS n FROM range(3000000)"));

        Assert.Throws<OperationCanceledException>(() => engine.Read(
            Sql.Inline("SELECT CAST(COUNT(*) AS BIGINT) FROM many AS a, (SELECT n FROM many WHERE n < 5000) AS b WHERE hash(a.n + b.n) = 0"),
            row => row.Long(0)));

        Assert.Contains(told, progress => progress.Percent > 0);
        Assert.All(told, progress => Assert.InRange(progress.Percent, 0, 100));
    }

    [Fact]
    public void What_does_not_fit_into_the_memory_limit_is_spilled()
    {
        using var engine = new DuckDbEngine(new DuckDbOptions("150MB", 2));
        engine.Create(new Table("many", "", [], [new("k", ColumnType.Text, ""), new("n", ColumnType.Long, "")]),
            Sql.Inline("SELECT md5(CAST(range AS VARCHAR)) AS k, CAST(COUNT(*) AS BIGINT) AS n FROM range(4000000) GROUP BY range"));

        Assert.Equal("143.0 MiB", engine.Read(Sql.Inline("SELECT current_setting('memory_limit')"), row => row.Text(0)).Single());
        // The rows are kept: 40 bytes each, and what tells where a text is.
        Assert.True(engine.Read(Sql.Inline("SELECT CAST(SUM(size) AS BIGINT) FROM duckdb_temporary_files()"), row => row.Long(0)).Single() > 10_000_000);
        Assert.Equal(4_000_000, engine.Read(Sql.Inline("SELECT CAST(SUM(n) AS BIGINT) FROM many"), row => row.Long(0)).Single());
    }

    [Fact]
    public void The_folder_for_temporary_data_is_gone_at_the_end()
    {
        var parent = Directory.CreateTempSubdirectory("rfmspark-temp-").FullName;
        using (var engine = new DuckDbEngine(new DuckDbOptions(TempDirectory: parent))) Assert.Single(Directory.GetDirectories(parent));

        Assert.Empty(Directory.GetDirectories(parent));
        Directory.Delete(parent);
    }

    [Fact]
    public void What_a_killed_process_has_left_of_temporary_data_goes_when_the_next_one_starts()
    {
        var parent = Directory.CreateTempSubdirectory("rfmspark-temp-").FullName;
        string Folder(string name, bool withLock)
        {
            var folder = Directory.CreateDirectory(Path.Combine(parent, name)).FullName;
            File.WriteAllText(Path.Combine(folder, "orders-0.parquet"), "orders");
            if (!withLock) return folder;
            File.WriteAllText(Path.Combine(folder, ".lock"), "");
            File.SetLastWriteTimeUtc(Path.Combine(folder, ".lock"), new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc));
            return folder;
        }
        var (left, used) = (Folder("rfmspark-0123456789abcdef0123456789abcde0", true), Folder("rfmspark-0123456789abcdef0123456789abcde1", true));
        List<string> kept = [used, Folder("rfmspark-0123456789abcdef0123456789abcde2", false), Folder("rfmspark-archive", true)];
        var elsewhere = Path.Combine(parent, "made-by-a-link");
        kept.Add(Directory.CreateDirectory(Path.Combine(parent, "rfmspark-0123456789abcdef0123456789abcde3")).FullName);
        File.CreateSymbolicLink(Path.Combine(kept[^1], ".lock"), elsewhere);
        kept.Add(Directory.CreateSymbolicLink(Path.Combine(parent, "rfmspark-0123456789abcdef0123456789abcde4"), Folder("of-others", true)).FullName);
        kept.Add(Path.Combine(parent, "of-others"));
        using (new FileStream(Path.Combine(used, ".lock"), FileMode.Open, FileAccess.ReadWrite, FileShare.None))
        using (var engine = new DuckDbEngine(new DuckDbOptions(TempDirectory: parent)))
        {
            var own = Directory.GetDirectories(parent).Except(kept).Single();
            Assert.NotEqual(left, own);
            if (!OperatingSystem.IsWindows()) Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(own));
        }
        Assert.Equal(kept.Order(StringComparer.Ordinal), Directory.GetDirectories(parent).Order(StringComparer.Ordinal));
        Assert.False(File.Exists(elsewhere));
        Assert.True(File.Exists(Path.Combine(parent, "of-others", "orders-0.parquet")));
        Directory.Delete(parent, recursive: true);
    }

    [Fact]
    public void A_folder_for_temporary_data_that_cannot_be_made_is_a_sentence()
    {
        var fault = Assert.Throws<EngineFault>(() => new DuckDbEngine(new DuckDbOptions(TempDirectory: "/proc/nowhere")));

        Assert.Contains("Set engine.tempDirectory", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_type_that_DuckDB_shows_is_read_or_refused()
    {
        using var engine = new DuckDbEngine();
        var read = new Dictionary<string, object>
        {
            ["bool"] = false, ["tinyint"] = -128, ["smallint"] = -32768, ["int"] = int.MinValue, ["bigint"] = long.MinValue,
            ["utinyint"] = 0L, ["usmallint"] = 0L, ["uint"] = 0L, ["ubigint"] = 0L, ["float"] = (double)float.MinValue, ["double"] = double.MinValue,
            ["dec_4_1"] = -999.9m, ["dec_9_4"] = -99999.9999m, ["dec_18_6"] = -999999999999.999999m, ["varchar"] = "🦆🦆🦆🦆🦆🦆",
        };
        // Read, but for such as these, which are beyond the numbers and the days of .NET.
        string[] beyond = ["hugeint", "dec38_10", "date", "timestamp", "timestamp_tz"];
        foreach (var column in engine.Read(Sql.Inline("SELECT column_name FROM (DESCRIBE FROM test_all_types())"), row => row.Text(0)!))
        {
            object? Value() => engine.Read(Sql.Inline($"SELECT \"{column}\" FROM test_all_types() LIMIT 1"), row => row.Value(0)).Single();
            if (read.Remove(column, out var value)) Assert.Equal(value, Value());
            else if (beyond.Contains(column)) Assert.True(Record.Exception(Value) is OverflowException or ArgumentOutOfRangeException, column);
            else Assert.StartsWith("A column of type ", Assert.Throws<InvalidOperationException>(Value).Message, StringComparison.Ordinal);
        }
        Assert.Empty(read);
    }
}
