namespace RfmSpark.EngineTests.Contract;

/// <summary>What every engine must do: each verb of <see cref="IEngine"/> here, each function of its dialect in the other part.</summary>
public abstract partial class EngineContract : IDisposable
{
    private static readonly Table Numbers = new("numbers", "one row per number", [], [new("n", ColumnType.Int, ""), new("name", ColumnType.Text, "")]);
    private static readonly Table Doubled = new("doubled", "one row per number", [], [new("n", ColumnType.Long, "")]);

    private static readonly Table Keys = new("keys", "one row per name", [], [new("name", ColumnType.Text, "")]);

    private readonly string _folder = Directory.CreateTempSubdirectory("rfmspark-contract-").FullName;
    private IEngine? _engine;

    private IEngine Engine => _engine ??= Start();

    protected abstract IEngine Start();

    public void Dispose()
    {
        _engine?.Dispose();
        Directory.Delete(_folder, recursive: true);
        GC.SuppressFinalize(this);
    }

    [SkippableFact]
    public void Rows_that_were_put_are_read_in_the_order_asked_for()
    {
        PutNumbers(3);

        Assert.Equal([(3, "n3"), (2, "n2"), (1, "n1")], Engine.Read(Sql.Inline("SELECT n, name FROM numbers ORDER BY n DESC NULLS LAST"), row => ((int)row.Long(0), row.Text(1)!)));
    }

    [SkippableFact]
    public void More_rows_than_a_chunk_holds_are_put_whole()
    {
        PutNumbers(10_000);

        Assert.Equal(10_000L * 10_001 / 2, Engine.Read(Sql.Inline("SELECT CAST(SUM(n) AS BIGINT) FROM numbers"), row => row.Long(0)).Single());
    }

    // Few rows may travel in another way than many.
    [SkippableTheory]
    [InlineData(2)]
    [InlineData(70_000)]
    public void Every_type_crosses_the_seam_both_ways(int count)
    {
        var table = new Table("types", "one row per case", [],
        [
            new("n", ColumnType.Int, ""), new("b", ColumnType.Boolean, ""), new("t", ColumnType.Text, ""), new("i", ColumnType.Int, ""), new("l", ColumnType.Long, ""), new("d", ColumnType.Double, ""),
            new("m", ColumnType.Money, ""), new("w", ColumnType.Decimal(38, 6), ""), new("c", ColumnType.Decimal(9, 2), ""), new("y", ColumnType.Date, ""),
        ]);
        var longText = new string('é', 6000);
        Engine.Put(table, Enumerable.Range(0, count), (n, row) =>
        {
            row.Long(n);
            if (n % 2 == 0)
            {
                for (var i = 1; i < table.Columns.Count; i++) row.Null();
                return;
            }
            row.Long(1);
            row.Text(n == 1 ? longText : "line\nend");
            row.Long(int.MinValue);
            row.Long(long.MaxValue);
            row.Double(-1.0 / 3);
            row.Decimal(-9_999_999_999_999_999.99m);
            row.Decimal(-12_345_678_901_234_567_890.123456m);
            row.Decimal(1.005m);
            row.Date(new DateOnly(1899, 12, 31));
        });

        var rows = Engine.Read(Sql.Inline("SELECT n, b, t, i, l, d, m, w, c, y FROM types ORDER BY n NULLS FIRST"), row => Enumerable.Range(0, 10).Select(row.Value).ToArray());

        Assert.Equal(Enumerable.Range(0, count), rows.Select(row => (int)row[0]!));
        Assert.All(rows.Where((_, n) => n % 2 == 0), row => Assert.All(row.Skip(1), Assert.Null));
        Assert.All(rows.Where((_, n) => n % 2 == 1).Skip(1), row => Assert.Equal("line\nend", row[2]));
        Assert.All([rows[1], rows[^1]], row => Assert.Equal(
            [true, int.MinValue, long.MaxValue, -1.0 / 3, -9_999_999_999_999_999.99m, -12_345_678_901_234_567_890.123456m, 1.01m, new DateOnly(1899, 12, 31)], [row[1], .. row[3..]]));
        Assert.Equal(longText, rows[1][2]);
    }

    [SkippableFact]
    public void A_created_table_keeps_its_rows_when_its_source_changes()
    {
        PutNumbers(2);
        Engine.Create(Doubled, Sql.Inline("SELECT CAST(n * 2 AS BIGINT) AS n FROM numbers"));
        PutNumbers(3);

        Assert.Equal(2, Count("doubled"));
        Assert.Equal(3, Count("numbers"));
    }

    [SkippableTheory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_defined_table_has_the_rows_of_its_select(bool keepOnCluster)
    {
        PutNumbers(3);
        Engine.Define(Doubled, Sql.Inline("SELECT CAST(n * 2 AS BIGINT) AS n FROM numbers"), keepOnCluster);

        Assert.Equal([2L, 4, 6], Engine.Read(Sql.Inline("SELECT n FROM doubled ORDER BY n NULLS FIRST"), row => row.Long(0)));
        Assert.Equal(3, Count("doubled"));
    }

    [SkippableTheory]
    [InlineData(false)]
    [InlineData(true)]
    public void What_is_defined_is_not_run_before_it_is_read(bool keepOnCluster)
    {
        PutNumbers(2);
        // That there are two rows where one is asked for shows only when it is run.
        Engine.Define(Doubled, Sql.Inline("SELECT CAST((SELECT n FROM numbers) AS BIGINT) AS n"), keepOnCluster);

        Assert.Throws<EngineFault>(() => Engine.Read(Sql.Inline("SELECT n FROM doubled"), row => row.Long(0)));
    }

    [SkippableFact]
    public void A_dropped_table_is_gone_and_dropping_twice_is_no_error()
    {
        PutNumbers(1);
        Engine.Drop(Numbers);
        Engine.Drop(Numbers);

        Assert.Throws<EngineFault>(() => Count("numbers"));
    }

    [SkippableFact]
    public void A_name_may_go_to_a_table_of_another_kind()
    {
        var one = Sql.Inline("SELECT CAST(1 AS BIGINT) AS n");
        var two = Sql.Inline("SELECT CAST(2 AS BIGINT) AS n");
        Engine.Define(Doubled, one);
        Engine.Create(Doubled, two);
        Engine.Define(Doubled, one);
        Engine.Put(Doubled, [3L], (n, row) => row.Long(n));
        Engine.Put(Doubled, [4L], (n, row) => row.Long(n));
        Assert.Equal([4L], Engine.Read(Sql.Inline("SELECT n FROM doubled"), row => row.Long(0)));

        Engine.Drop(Doubled);
        Assert.Throws<EngineFault>(() => Engine.Read(Sql.Inline("SELECT n FROM doubled"), row => row.Long(0)));
    }

    [SkippableFact]
    public void A_table_of_other_columns_than_its_contract_is_refused()
    {
        var error = Assert.Throws<InvalidOperationException>(() => Engine.Create(Doubled, Sql.Inline("SELECT 1 AS n")));

        Assert.Contains("does not make the columns of 'doubled'", error.Message, StringComparison.Ordinal);
    }

    [SkippableFact]
    public void A_failed_statement_names_the_table_the_file_and_where_the_whole_statement_is()
    {
        var fault = Assert.Throws<EngineFault>(() => Engine.Create(Doubled, Sql.Inline("SELECT nothing FROM nowhere")));

        Assert.Equal(4, fault.ExitCode);
        Assert.Contains("doubled (inline): ", fault.Message, StringComparison.Ordinal);
        Assert.Contains("nowhere", fault.Message, StringComparison.Ordinal);
        Assert.Contains("The whole statement is in ", fault.Message, StringComparison.Ordinal);
    }

    [SkippableFact]
    public void A_saved_table_is_opened_as_it_is()
    {
        var table = new Table("saved", "one row per name", ["as_of", "name"], [new("as_of", ColumnType.Date, ""), new("name", ColumnType.Text, ""), new("n", ColumnType.Int, "")]);
        var path = Path.Combine(_folder, "saved");
        string[] names = ["plain", "a/b:c=d%e", "ümläut +#?&", "two\nlines", "quote\"'", "emoji 🎉"];
        Engine.Put(table, names, (name, row) =>
        {
            row.Date(new DateOnly(2026, 1, 31));
            row.Text(name);
            row.Long(name.Length);
        });

        Assert.Equal(0, Engine.Save(table, new Publication(path, new DateOnly(2026, 1, 31), 1)));
        Assert.Equal(table.Columns.Select(c => (c.Name, c.Type)), Engine.Open("opened", path)!.Select(c => (c.Name, c.Type)));
        Assert.Equal(names.Order(StringComparer.Ordinal), Engine.Read(Sql.Inline("SELECT name FROM opened"), row => row.Text(0)!).Order(StringComparer.Ordinal));
    }

    [SkippableFact]
    public void A_part_of_a_day_is_replaced_and_the_rest_of_the_day_stays()
    {
        var day = new DateOnly(2026, 1, 31);
        var table = new Table("parts", "one row per name", ["as_of", "name"], [new("as_of", ColumnType.Date, ""), new("name", ColumnType.Text, ""), new("n", ColumnType.Int, "")]);
        var path = Path.Combine(_folder, "parts");
        Save("a", 1, run: 5);
        Save("b", 2, run: 4);
        Save("a", 3, run: 6);

        Engine.Open("opened", path);
        Assert.Equal([("a", 3L), ("b", 2L)], Engine.Read(Sql.Inline("SELECT name, n FROM opened ORDER BY name NULLS FIRST"), row => (row.Text(0)!, row.Long(1))));
        Assert.Throws<EngineFault>(() => Save("a", 4, run: 5));

        void Save(string name, int n, long run)
        {
            Engine.Put(table, [n], (value, row) =>
            {
                row.Date(day);
                row.Text(name);
                row.Long(value);
            });
            Engine.Save(table, new Publication(path, day, run) { Within = ("name", name) });
        }
    }

    [SkippableFact]
    public void A_file_is_written_in_place_of_the_one_before()
    {
        var path = Path.Combine(_folder, "new folder", "page é.html");
        byte[] large = [.. Enumerable.Range(0, 3_000_000).Select(i => (byte)(i % 256))];

        Engine.WriteFile(path, large);
        Assert.Equal(large, File.ReadAllBytes(path));
        Engine.WriteFile(path, "short"u8.ToArray());
        Assert.Equal("short", File.ReadAllText(path));
        Assert.Equal([path], Directory.GetFiles(Path.GetDirectoryName(path)!));
    }

    [SkippableFact]
    public void Where_a_file_cannot_be_written_it_is_said()
    {
        File.WriteAllText(Path.Combine(_folder, "file"), "no folder");

        Assert.Contains("cannot be written", Assert.Throws<EngineFault>(() => Engine.WriteFile(Path.Combine(_folder, "file", "page.html"), "x"u8.ToArray())).Message, StringComparison.Ordinal);
    }

    [SkippableFact]
    public void A_folder_without_a_table_opens_as_nothing() => Assert.Null(Engine.Open("opened", Path.Combine(_folder, "none")));

    [SkippableFact]
    public void Rows_are_removed_by_their_keys_in_one_commit_and_a_vacuum_leaves_the_present_version_alone()
    {
        DateOnly[] days = [new(2026, 1, 30), new(2026, 1, 31)];
        var table = new Table("kept", "one row per name", ["as_of"], [new("as_of", ColumnType.Date, ""), new("name", ColumnType.Text, ""), new("n", ColumnType.Int, "")]);
        var path = Path.Combine(_folder, "kept");
        string[] hostile = ["it's", "back\\slash' OR '1' = '1", "two\nlines", "100%_", "${spark.app.id}", "Ünï 🎉"];
        foreach (var (day, names) in new[] { (days[0], hostile.Append("stays")), (days[1], ["stays too", "", null]) })
        {
            Engine.Put(table, names, (name, row) =>
            {
                row.Date(day);
                row.Text(name);
                row.Long(name?.Length ?? -1);
            });
            Engine.Save(table, new Publication(path, day, day.Day));
        }
        Assert.Equal(new Dictionary<DateOnly, long> { [days[0]] = 30, [days[1]] = 31 }, Engine.LastRuns(path, [.. days, new(2026, 2, 1)]));
        var untouched = DataFiles("as_of=2026-01-31");

        Assert.Equal(1, Remove("nobody", "stays' OR TRUE --"));
        Assert.Null(Engine.Remove(Keys, Path.Combine(_folder, "none")));
        Assert.Equal(2, Remove([.. hostile, "nobody"]));
        Assert.Equal([null, "", "stays", "stays too"], Names(null));
        Assert.Equal(10, Names(1).Count);
        Assert.Equal(untouched, DataFiles("as_of=2026-01-31"));
        Assert.DoesNotContain("slash", File.ReadAllText(Path.Combine(path, "_delta_log", "00000000000000000002.json")), StringComparison.Ordinal);

        Engine.Vacuum(path);
        Assert.Equal([null, "", "stays", "stays too"], Names(2));
        Assert.Throws<EngineFault>(() => Names(1));   // not an empty table
        Assert.Single(DataFiles("as_of=2026-01-30"));
        Assert.Equal(["00000000000000000002.checkpoint.parquet", "00000000000000000002.json", "_last_checkpoint"],
            Directory.GetFiles(Path.Combine(path, "_delta_log")).Select(f => Path.GetFileName(f))
                .Where(f => !f.EndsWith(".crc", StringComparison.Ordinal) && f != "_last_vacuum_info").Order(StringComparer.Ordinal));
        Assert.Equal(3, Remove("stays"));
        Assert.Equal(30, Engine.LastRuns(path, days)[days[0]]);

        long? Remove(params string[] names)
        {
            Engine.Put(Keys, names, (name, row) => row.Text(name));
            return Engine.Remove(Keys, path);
        }
        List<string?> Names(long? version)
        {
            Engine.Open("opened", path, null, version);
            return [.. Engine.Read(Sql.Inline("SELECT name FROM opened"), row => row.Text(0)).Order(StringComparer.Ordinal)];
        }
        List<string> DataFiles(string partition) => [.. Directory.GetFiles(Path.Combine(path, partition), "*.parquet").Order(StringComparer.Ordinal)];
    }

    private void PutNumbers(int count) => Engine.Put(Numbers, Enumerable.Range(1, count), (n, row) =>
    {
        row.Long(n);
        row.Text("n" + n.ToString(System.Globalization.CultureInfo.InvariantCulture));
    });

    private long Count(string table) => Engine.Read(Sql.Inline($"SELECT CAST(COUNT(*) AS BIGINT) FROM {table}"), row => row.Long(0)).Single();
}
