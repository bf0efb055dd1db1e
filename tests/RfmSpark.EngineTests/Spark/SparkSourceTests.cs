using RfmSpark.Spark;

namespace RfmSpark.EngineTests.Spark;

/// <summary>Paths mean the same on Spark as on the engine in the process: folders, patterns, formats, and what is said of those that do not fit.</summary>
[Collection("Spark")]
public sealed class SparkSourceTests(SparkFixture fixture) : FilesOnBothEngines(fixture)
{
    [SkippableTheory]
    [InlineData("orders")]
    [InlineData("orders/*/*.csv")]
    [InlineData("orders/2025/a.csv", "orders/2026/b.csv")]
    [InlineData("orders/202?")]
    [InlineData("ord*/20*")]
    public void Folders_patterns_and_files_are_read(params string[] paths)
    {
        Job.Write("orders/2025/a.csv", Header + "A,2025-12-31,1\n");
        Job.Write("orders/2026/b.csv", Header + "B,2026-01-01,2\nB,2026-01-02,3\n");
        Job.Write("orders/_SUCCESS", "");
        Job.Write("orders/.hidden.csv", "x\n");
        Job.Write("orders/notes.md", "no orders");

        foreach (var engine in Engines())
            using (engine) Assert.Equal(["A|1", "B|2"], Lines(engine, paths));
    }

    [SkippableFact]
    public void A_pattern_may_name_files_and_folders()
    {
        Job.Write("in/c.csv", Header + "C,2025-12-31,1\n");
        Job.Write("in/2025/a.csv", Header + "A,2025-12-31,1\n");
        Job.Write("in/2026/01/b.csv", Header + "B,2026-01-01,2\n");
        Job.Write("in/notes/readme.md", "no orders");
        Job.Write("in/_work/x.csv", Header + "X,2026-01-01,2\n");

        foreach (var engine in Engines())
        {
            using (engine)
            {
                Assert.Equal(["A|1", "B|1", "C|1"], Lines(engine, ["in/*"]));
                Assert.Equal(["A|1", "B|1"], Lines(engine, ["in/*/"]));
            }
        }
    }

    [SkippableTheory]
    [InlineData("o[1].csv")]
    [InlineData("o{1,2}*.csv")]
    [InlineData("really?*.csv")]
    public void A_name_with_the_letters_of_a_pattern_means_that_file(string name)
    {
        Job.Write("in/o1.csv", Header + "X,2025-12-31,1\n");
        Job.Write("in/" + name, Header + "A,2025-12-31,1\n");

        foreach (var engine in Engines())
        {
            using (engine)
            {
                Assert.Equal(["A|1"], Lines(engine, ["in/" + name]));
                Assert.Equal(["A|1", "X|1"], Lines(engine, ["in"]));
            }
        }
    }

    [SkippableTheory]
    [InlineData("one Delta table can be read at a time", "t1", "t2")]
    [InlineData("there is no file", "nothing.csv")]
    [InlineData("is empty (0 bytes)", "empty.csv")]
    [InlineData("has no header line", "blank.csv")]
    [InlineData("the files are of 2 formats", "a.csv", "a.jsonl")]
    [InlineData("holds no file that ends in", "notes")]
    [InlineData("does not tell its format", "a.data")]
    [InlineData("has no column 'customer_id' (orders.columns.customer_id)", "other.csv")]
    public void What_does_not_fit_is_the_same_sentence_on_both(string message, params string[] paths)
    {
        Job.Write("empty.csv", "");
        Job.Write("blank.csv", "\n\n");
        Job.Write("a.csv", Header + "A,2025-12-31,1\n");
        Job.Write("a.jsonl", "{\"customer_id\":\"A\"}\n");
        Job.Write("a.data", "x\n");
        Job.Write("other.csv", "x,y\n1,2\n");
        Job.Write("notes/notes.md", "no orders");
        Job.Write("t1/_delta_log/00000000000000000000.json", "{}");
        Job.Write("t2/_delta_log/00000000000000000000.json", "{}");

        List<string> said = [];
        foreach (var engine in Engines())
            using (engine) said.Add(Assert.ThrowsAny<Fault>(() => Lines(engine, paths)).Message);

        Assert.Contains(message, said[0], StringComparison.Ordinal);
        // Spark names a file by its URI, and has a word on patterns besides.
        const string OnPatterns = ", and put a pattern in quotes, so that the shell leaves it alone";
        Assert.Equal(said[0], said[1].Replace("file:/", "/", StringComparison.Ordinal).Replace(OnPatterns, "", StringComparison.Ordinal));
    }

    [SkippableFact]
    public void A_file_that_is_damaged_or_that_there_cannot_be_is_the_clients_to_mend()
    {
        using var whole = new MemoryStream();
        using (var gzip = new System.IO.Compression.GZipStream(whole, System.IO.Compression.CompressionLevel.NoCompression, leaveOpen: true))
            gzip.Write(System.Text.Encoding.UTF8.GetBytes(Header + string.Concat(Enumerable.Repeat("A,2026-01-01,1\n", 20_000))));
        Job.Write("text.csv.gz", "not gzip at all");
        Job.Write("text.parquet", "not parquet at all");
        Job.Write("cut.csv.gz", whole.ToArray()[..150_000]);
        var parquet = Path.Combine(Job.Folder, "page.parquet");
        using (var duck = new DuckDbEngine())
            duck.Export(Sql.Inline("SELECT 'C' || range AS customer_id, DATE '2026-01-01' AS order_date, 1 AS amount FROM range(2000)"), parquet);
        var bytes = File.ReadAllBytes(parquet);
        bytes.AsSpan(200, 400).Reverse();
        File.WriteAllBytes(parquet, bytes);
        Job.Write("with blank %20#.parquet", bytes);
        // The name of one is the beginning of the other's.
        Job.Write("both/orders.csv", Header + "A,2026-01-01,1\n");
        Job.Write("both/orders.csv.gz", whole.ToArray()[..150_000]);

        string[] files = ["text.csv.gz", "text.parquet", "cut.csv.gz", "page.parquet", "with blank %20#.parquet", "x[.csv"];
        foreach (var (path, named) in files.Zip(files).Append(("both", "orders.csv.gz")))
            foreach (var engine in Engines())
                using (engine) Assert.Contains(named, Assert.Throws<DataFault>(() => Lines(engine, [path])).Message, StringComparison.Ordinal);
    }

    [SkippableFact]
    public void Where_nothing_can_be_written_it_is_said_before_anything_is_read()
    {
        var fault = Assert.Throws<EngineFault>(() => new SparkEngine(Fixture.Session(), "nfs9://host/out/_staging"));

        Assert.Contains("No FileSystem for scheme", fault.Message, StringComparison.Ordinal);
        Assert.Contains("Spark lacks the library for that kind of URI", fault.Message, StringComparison.Ordinal);
    }

    [SkippableTheory]
    [InlineData("")]
    [InlineData("viewfs://elsewhere")]
    public void Many_rows_arrive_through_a_folder_here_and_through_one_of_another_file_system(string elsewhere)
    {
        // Hadoop's view of a folder under another name: no disk of this machine, as far as its URI tells.
        using (var context = Fixture.Session().Java.Get("sparkContext"))
        using (var hadoop = context.Get("hadoopConfiguration"))
            hadoop.Call("set", $"fs.viewfs.mounttable.elsewhere.link.{Job.Folder}", "file://" + Job.Folder);
        using var engine = new SparkEngine(Fixture.Session(), elsewhere + Path.Combine(Job.Folder, "staging"));
        var table = new Table("many_rows", "one row", [], [new("number", ColumnType.Long, ""), new("text", ColumnType.Text, "")]);
        const int Rows = 200_000;

        var random = new Random(1);
        engine.Put(table, Enumerable.Range(1, Rows), (number, row) =>
        {
            row.Long(number);
            row.Text($"the text of row {number}, {random.NextInt64():X16}, \"é\\");
        });

        engine.WriteFile(elsewhere + Path.Combine(Job.Folder, "pages", "page.html"), "page"u8.ToArray());
        Assert.Equal("page", File.ReadAllText(Path.Combine(Job.Folder, "pages", "page.html")));
        // Hadoop keeps a checksum beside what goes through it.
        Assert.Equal(elsewhere != "", Directory.GetFiles(Path.Combine(Job.Folder, "staging"), ".*.crc").Length == 1);
        // More than goes to Hadoop in one piece.
        Assert.True(new FileInfo(Directory.GetFiles(Path.Combine(Job.Folder, "staging"), "*.parquet").Single()).Length > 2 << 20);
        Assert.Equal(
            [((long)Rows, Rows * (Rows + 1L) / 2, (long)Rows)],
            engine.Read(
                Sql.Inline(
                    "SELECT CAST(COUNT(*) AS BIGINT), CAST(SUM(number) AS BIGINT), CAST(COUNT(DISTINCT text) AS BIGINT) "
                    + "FROM many_rows WHERE text LIKE 'the text of row %, %, \"é_'"),
                row => (row.Long(0), row.Long(1), row.Long(2))));
    }
}
