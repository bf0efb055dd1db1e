using System.Globalization;
using System.Text.Json.Nodes;

namespace RfmSpark.EngineTests.Delta;

/// <summary>What stands in the log and what is read back, run after run.</summary>
public sealed partial class DeltaTableTests : IDisposable
{
    private static readonly Table Sizes = new("sizes", "one row per as_of, name and n", ["as_of", "name"],
        [
            new("as_of", ColumnType.Date, ""), new("name", ColumnType.Text, ""), new("n", ColumnType.Long, ""), new("price", ColumnType.Money, ""),
            new("x", ColumnType.Double, ""), new("note", ColumnType.Text, ""),
        ]);

    private readonly string _folder = Directory.CreateTempSubdirectory("rfmspark-delta-").FullName;
    private readonly DuckDbEngine _engine = new();

    private string Path => System.IO.Path.Combine(_folder, "sizes");
    private string Log => System.IO.Path.Combine(Path, "_delta_log");

    public void Dispose()
    {
        _engine.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public void The_first_commit_begins_the_table_and_each_next_one_replaces_its_day()
    {
        Assert.Equal(0, Save("2026-01-01", 1, [("a", 1), ("b", 2)]));
        Assert.Equal(1, Save("2026-01-02", 2, [("a", 3)]));
        Assert.Equal(2, Save("2026-01-01", 3, [("c", 4)]));

        Assert.Equal(["2026-01-01|c|4", "2026-01-02|a|3"], Rows());
        var actions = Actions(2);
        Assert.Equal(["commitInfo", "txn", "remove", "remove", "add"], actions.Select(a => a.AsObject().First().Key));
        Assert.Equal(
            ["as_of=2026-01-01/name=a", "as_of=2026-01-01/name=b"],
            actions.Where(a => a["remove"] is not null).Select(a => string.Join('/', a["remove"]!["path"]!.GetValue<string>().Split('/')[..2]))
                .Order(StringComparer.Ordinal));
        Assert.Equal("(1, 2)", $"({Actions(0)[1]["protocol"]!["minReaderVersion"]}, {Actions(0)[1]["protocol"]!["minWriterVersion"]})");
    }

    [Fact]
    public void A_repeated_write_of_the_same_run_does_nothing()
    {
        Save("2026-01-01", 1, [("a", 1)]);

        Assert.Equal(0, Save("2026-01-01", 1, [("a", 99)]));
        Assert.Equal(["2026-01-01|a|1"], Rows());
        Assert.Single(DataFiles());
    }

    [Fact]
    public void A_run_that_a_later_one_has_overtaken_is_refused_and_leaves_no_file()
    {
        Save("2026-01-01", 2, [("a", 1)]);

        var fault = Assert.Throws<EngineFault>(() => Save("2026-01-01", 1, [("a", 99)]));

        Assert.Contains("a run that started later", fault.Message, StringComparison.Ordinal);
        Assert.Equal(["2026-01-01|a|1"], Rows());
        Assert.Single(DataFiles());
        Assert.Equal(1, Save("2026-01-02", 1, [("b", 1)]));   // another day is another matter
    }

    [Fact]
    public void A_day_without_rows_empties_its_partition()
    {
        Save("2026-01-01", 1, [("a", 1)]);
        Save("2026-01-01", 2, []);

        Assert.Empty(Rows());
    }

    [Fact]
    public void Statistics_are_exact_and_leave_out_what_cannot_be()
    {
        _engine.Put(Sizes, new (double X, string? Note)[] { (1.5, "short"), (-2, null), (0, new string('z', 40)) }, (r, row) => Write(row, "2026-01-01", "a", 7, r.X, r.Note));
        _engine.Save(Sizes, new Publication(Path, new DateOnly(2026, 1, 1), 1));
        _engine.Put(Sizes, new[] { double.NaN, 1 }, (x, row) => Write(row, "2026-01-02", "a", 8, x, null));
        _engine.Save(Sizes, new Publication(Path, new DateOnly(2026, 1, 2), 2));

        Assert.Equal("""{"numRecords":3,"minValues":{"n":7,"price":7.25,"x":-2},"maxValues":{"n":7,"price":7.25,"x":1.5},"nullCount":{"n":0,"price":0,"x":0,"note":1}}""", Stats(0));
        Assert.Equal("""{"numRecords":2,"minValues":{"n":8,"price":8.25},"maxValues":{"n":8,"price":8.25},"nullCount":{"n":0,"price":0,"x":0,"note":2}}""", Stats(1));
    }

    [Fact]
    public void After_ten_commits_the_table_is_read_from_its_checkpoint_alone()
    {
        for (var day = 1; day <= 12; day++) Save($"2026-01-{day:00}", day, [("a/b c%", day)]);
        Save("2026-01-03", 100, [("other", 3)]);
        var before = Rows();

        Assert.True(File.Exists(System.IO.Path.Combine(Log, "00000000000000000010.checkpoint.parquet")));
        Assert.Equal(10, JsonNode.Parse(File.ReadAllText(System.IO.Path.Combine(Log, "_last_checkpoint")))!["version"]!.GetValue<int>());
        for (var version = 0; version <= 10; version++) File.Delete(System.IO.Path.Combine(Log, $"{version.ToString("D20", CultureInfo.InvariantCulture)}.json"));

        Assert.Equal(before, Rows());
        Assert.Equal(13, Save("2026-02-01", 200, [("a", 1)]));
        Assert.Equal(13, Save("2026-01-02", 2, [("a", 99)]));   // the checkpoint remembers the runs
    }

    [Fact]
    public void A_column_that_is_new_in_this_version_is_added_and_old_rows_lack_it()
    {
        var wider = Sizes with { Columns = [.. Sizes.Columns, new("extra", ColumnType.Int, "")] };
        Save("2026-01-01", 1, [("a", 1)]);
        _engine.Put(wider, [5], (n, row) =>
        {
            Write(row, "2026-01-02", "a", n, 0, null);
            row.Long(42);
        });

        Assert.Equal(1, _engine.Save(wider, new Publication(Path, new DateOnly(2026, 1, 2), 2)));
        _engine.Open("opened", Path);
        Assert.Equal([(1L, null), (5L, (object?)42)], _engine.Read(Sql.Inline("SELECT n, extra FROM opened ORDER BY n NULLS FIRST"), row => (row.Long(0), row.Value(1))));
        Assert.Equal(2, Save("2026-01-03", 3, [("b", 6)]));   // and an older program may still write
    }

    [Fact]
    public void A_column_of_another_type_is_refused_before_anything_is_written()
    {
        Save("2026-01-01", 1, [("a", 1)]);
        var other = Sizes with { Columns = [.. Sizes.Columns.Select(c => c.Name == "n" ? c with { Type = ColumnType.Text } : c)] };
        _engine.Put(other, Array.Empty<int>(), (_, _) => { });

        Assert.Contains(
            "column n is long there and text here",
            Assert.Throws<EngineFault>(() => _engine.Save(other, new Publication(Path, new DateOnly(2026, 1, 2), 2))).Message,
            StringComparison.Ordinal);
        Assert.Single(DataFiles());
    }

    [Theory]
    [InlineData("""{"protocol":{"minReaderVersion":3,"minWriterVersion":7,"readerFeatures":["deletionVectors"],"writerFeatures":["deletionVectors"]}}""", "deletionVectors")]
    [InlineData("""{"protocol":{"minReaderVersion":2,"minWriterVersion":5}}""", "reader version 2")]
    public void A_table_with_features_that_we_do_not_know_is_neither_written_nor_read(string action, string feature)
    {
        Save("2026-01-01", 1, [("a", 1)]);
        File.WriteAllText(System.IO.Path.Combine(Log, "00000000000000000001.json"), action + "\n");

        foreach (var use in new Action[] { () => Save("2026-01-02", 2, [("a", 1)]), () => _engine.Open("opened", Path) })
        {
            var fault = Assert.Throws<EngineFault>(use);
            Assert.Equal(4, fault.ExitCode);
            Assert.Contains(feature, fault.Message, StringComparison.Ordinal);
            Assert.Contains("Run on Spark", fault.Message, StringComparison.Ordinal);
        }
        Assert.Single(DataFiles());
        Assert.Equal(2, Directory.GetFiles(Log).Length);
    }

    [Fact]
    public void A_table_of_which_only_writers_must_know_more_is_read()
    {
        Save("2026-01-01", 1, [("a", 1)]);
        File.WriteAllText(System.IO.Path.Combine(Log, "00000000000000000001.json"), """
            {"protocol":{"minReaderVersion":1,"minWriterVersion":7,"writerFeatures":["appendOnly","invariants","domainMetadata","clustering"]}}
            {"domainMetadata":{"domain":"delta.clustering","configuration":"{\"clusteringColumns\":[[\"name\"]]}","removed":false}}

            """);

        _engine.Open("opened", Path);
        Assert.Equal(["a"], _engine.Read(Sql.Inline("SELECT name FROM opened"), row => row.Text(0)!));
        Assert.Contains("clustering", Assert.Throws<EngineFault>(() => Save("2026-01-02", 2, [("a", 1)])).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{\"add\":{\"path\":", "line 1, cannot be read as a Delta commit")]
    [InlineData("{\"add\":{\"size\":1}}", "cannot be read as a Delta commit")]
    [InlineData("", "is empty")]
    public void A_log_that_cannot_be_read_is_named_with_its_line(string text, string message)
    {
        Save("2026-01-01", 1, [("a", 1)]);
        File.WriteAllText(System.IO.Path.Combine(Log, "00000000000000000001.json"), text);

        Assert.Contains(message, Assert.Throws<EngineFault>(() => Save("2026-01-02", 2, [("a", 1)])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_table_that_only_a_newer_program_may_write_is_still_read()
    {
        Save("2026-01-01", 1, [("a", 1)]);
        File.WriteAllText(System.IO.Path.Combine(Log, "00000000000000000001.json"), """{"protocol":{"minReaderVersion":1,"minWriterVersion":4}}""" + "\n");

        Assert.Equal(["2026-01-01|a|1"], Rows());
        Assert.Contains("writer version 4", Assert.Throws<EngineFault>(() => Save("2026-01-02", 2, [("a", 1)])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_damaged_checkpoint_is_passed_over_while_the_log_is_whole()
    {
        for (var day = 1; day <= 11; day++) Save($"2026-01-{day:00}", day, [("a", day)]);
        var before = Rows();
        File.WriteAllText(System.IO.Path.Combine(Log, "00000000000000000010.checkpoint.parquet"), "");

        Assert.Equal(before, Rows());
    }

    [Fact]
    public void A_log_with_a_gap_is_refused()
    {
        for (var day = 1; day <= 3; day++) Save($"2026-01-0{day}", day, [("a", 1)]);
        File.Delete(System.IO.Path.Combine(Log, "00000000000000000001.json"));

        Assert.Contains("lacks version 1, but has 2", Assert.Throws<EngineFault>(() => Rows()).Message, StringComparison.Ordinal);
    }

    private long Save(string asOf, long run, IReadOnlyList<(string Name, long N)> rows) => Save(_engine, asOf, run, rows);

    private long Save(DuckDbEngine engine, string asOf, long run, IReadOnlyList<(string Name, long N)> rows)
    {
        engine.Put(Sizes, rows, (r, row) => Write(row, asOf, r.Name, r.N, 0.5, null));
        return engine.Save(Sizes, new Publication(Path, DateOnly.Parse(asOf, CultureInfo.InvariantCulture), run));
    }

    private static void Write(IRowWriter row, string asOf, string name, long n, double x, string? note)
    {
        row.Date(DateOnly.Parse(asOf, CultureInfo.InvariantCulture));
        row.Text(name);
        row.Long(n);
        row.Decimal(n + 0.25m);
        row.Double(x);
        row.Text(note);
    }

    private Sql ReadAll()
    {
        Assert.NotNull(_engine.Open("opened", Path));
        return Sql.Inline("SELECT as_of, name, n FROM opened ORDER BY as_of NULLS FIRST, name NULLS FIRST, n NULLS FIRST");
    }

    private IReadOnlyList<string> Rows() => _engine.Read(ReadAll(), row => string.Create(CultureInfo.InvariantCulture, $"{row.Date(0):yyyy-MM-dd}|{row.Text(1)}|{row.Long(2)}"));

    private List<JsonNode> Actions(int version) =>
        [.. File.ReadLines(System.IO.Path.Combine(Log, $"{version.ToString("D20", CultureInfo.InvariantCulture)}.json"))
            .Select(line => JsonNode.Parse(line)!)];

    private string Stats(int version) => Actions(version).Single(a => a["add"] is not null)["add"]!["stats"]!.GetValue<string>();

    private string[] DataFiles() => Directory.GetFiles(Path, "*.parquet", SearchOption.AllDirectories).Where(f => !f.Contains("_delta_log", StringComparison.Ordinal)).ToArray();
}
