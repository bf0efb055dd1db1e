namespace RfmSpark.EngineTests.Intake;

/// <summary>Files that are not what was promised: a sentence that names what to do.</summary>
public sealed class MissingFilesTests : IDisposable
{
    private readonly TestJob _job = new();

    public void Dispose() => _job.Dispose();

    [Fact]
    public void A_missing_file() => Refused(Path.Combine(_job.Folder, "none.csv"), "there is no file", "--orders");

    [Fact]
    public void A_file_that_only_a_cluster_reads() => Refused("hdfs://host/orders.csv", "is a URI", "--master");

    [Fact]
    public void A_file_is_read_once_by_however_many_links()
    {
        var folder = Directory.CreateDirectory(Path.Combine(_job.Folder, "in")).FullName;
        File.WriteAllText(Path.Combine(folder, "orders.csv"), "customer_id,order_date,amount\nA,2026-01-01,1\n");
        File.CreateSymbolicLink(Path.Combine(folder, "latest.csv"), "orders.csv");
        Directory.CreateSymbolicLink(Path.Combine(folder, "self"), ".");

        _job.Run(folder);
        Assert.Equal(["1"], _job.Rows("runs", "rows_in"));
    }

    [Theory]
    [InlineData("2025-02.csv.zst")]
    [InlineData("2025-02.XLSX")]
    public void A_part_of_a_delivery_in_a_form_that_is_not_read(string name)
    {
        var folder = Directory.CreateDirectory(Path.Combine(_job.Folder, "in")).FullName;
        File.WriteAllText(Path.Combine(folder, "2025-01.csv"), "customer_id,order_date,amount\nA,2026-01-01,1\n");
        File.WriteAllText(Path.Combine(folder, "README.md"), "What is in here.");
        File.WriteAllText(Path.Combine(folder, name), "x");

        Refused(folder, name + " is not read as it is", "--orders 'FOLDER/*.csv'");
    }

    [Fact]
    public void A_link_to_nothing()
    {
        var folder = Directory.CreateDirectory(Path.Combine(_job.Folder, "in")).FullName;
        File.WriteAllText(Path.Combine(folder, "orders.csv"), "customer_id,order_date,amount\nA,2026-01-01,1\n");
        File.CreateSymbolicLink(Path.Combine(folder, "gone.csv"), "nowhere.csv");

        Refused(folder, "gone.csv is a link to nothing");
    }

    [Theory]
    [InlineData("postgres://host/shop")]
    [InlineData("jdbc:mysql://host/shop")]
    public void A_database(string address) => Refused(address, "names a database, and files are read", "export the table");

    [Fact]
    public void An_empty_file() => Refused(_job.Write("orders.csv", ""), "is empty (0 bytes)");

    [Fact]
    public void A_header_and_nothing_else() => Refused(_job.Write("orders.csv", "customer_id,order_date,amount\n"), "a header and no rows");

    [Fact]
    public void A_wrong_header() =>
        Refused(
            _job.Write("orders.csv", "customer,day,amount\nA,2026-01-01,1\n"),
            "has no column 'customer_id' (orders.columns.customer_id), 'order_date' (orders.columns.order_date). "
            + "Its columns are customer, day, amount");

    [Fact]
    public void Big_endian_UTF_16() =>
        Refused(_job.Write("orders.csv", [0xFE, 0xFF, .. System.Text.Encoding.BigEndianUnicode.GetBytes("customer_id,order_date,amount\nA,2026-01-01,1\n")]), "is UTF-16 in big-endian order", "iconv");

    [Fact]
    public void A_packed_file_of_a_few_bytes() => Refused(_job.Write("orders.jsonl.gz", [0x1F, 0x8B, 8]), "is not a gzip file, or is cut off");

    [Fact]
    public void A_wrong_delimiter() => Refused(_job.Write("orders.csv", "customer_id;order_date;amount\nA;2026-01-01;1\n"), "orders.delimiter");

    [Fact]
    public void A_wrong_Parquet_column()
    {
        var path = Path.Combine(_job.Folder, "orders.parquet");
        using (var engine = new DuckDbEngine()) engine.Export(Sql.Inline("SELECT 1 AS id"), path);
        Refused(path, "has no column 'customer_id'");
    }

    [Fact]
    public void A_header_that_has_a_mapped_column_twice() => Refused(_job.Write("orders.csv", "customer_id,order_date,amount,Amount\nA,2026-01-01,1,2\n"), "several columns 'amount'");

    [Fact]
    public void A_Parquet_file_among_others_that_lacks_a_column()
    {
        Directory.CreateDirectory(Path.Combine(_job.Folder, "in"));
        using (var engine = new DuckDbEngine())
        {
            engine.Export(Sql.Inline("SELECT 'A' AS customer_id, DATE '2026-01-01' AS order_date, 1 AS amount"), Path.Combine(_job.Folder, "in", "a.parquet"));
            engine.Export(Sql.Inline("SELECT 'A' AS cust, DATE '2026-01-01' AS order_date, 1 AS amount"), Path.Combine(_job.Folder, "in", "b.parquet"));
        }
        Refused(Path.Combine(_job.Folder, "in"), "b.parquet has no column 'customer_id'");
    }

    [Fact]
    public void A_key_that_no_JSON_object_has() => Refused(_job.Write("orders.jsonl", "{\"id\": 1}\n"), "no object in", "orders.columns.customer_id");

    [Fact]
    public void A_folder_without_files()
    {
        Directory.CreateDirectory(Path.Combine(_job.Folder, "empty"));
        Refused(Path.Combine(_job.Folder, "empty"), "holds no file that ends in .csv");
    }

    [Fact]
    public void A_glob_that_matches_nothing() => Refused(Path.Combine(_job.Folder, "*.csv"), "no file matches", "quotes");

    [Fact]
    public void A_file_that_is_not_what_its_name_says()
    {
        Refused(_job.Write("orders.csv.gz", "not gzip at all"), "is not a gzip file");
        Refused(_job.Write("orders.parquet", "not parquet at all"), "cannot be read as Parquet");
    }

    [Fact]
    public void A_file_that_is_damaged_inside()
    {
        var folder = Directory.CreateDirectory(Path.Combine(_job.Folder, "in")).FullName;
        using (var engine = new DuckDbEngine())
        {
            foreach (var name in (string[])["a.parquet", "b.parquet"])
                engine.Export(Sql.Inline("SELECT 'C' || range AS customer_id, DATE '2026-01-01' AS order_date, 1 AS amount FROM range(2000)"), Path.Combine(folder, name));
        }
        var path = Path.Combine(folder, "b.parquet");
        var bytes = File.ReadAllBytes(path);
        bytes.AsSpan(200, 400).Reverse();
        File.WriteAllBytes(path, bytes);

        Refused(folder, path + " is damaged inside", "Send it again");
    }

    [Fact]
    public void A_name_that_tells_no_format() =>
        Assert.Contains("orders.format", Assert.Throws<ConfigFault>(() => _job.Run(_job.Write("orders.dat", "x"))).Message, StringComparison.Ordinal);

    [Fact]
    public void Files_of_several_formats()
    {
        _job.Write("in/a.csv", "customer_id,order_date,amount\nA,2026-01-01,1\n");
        _job.Write("in/b.jsonl", "{}\n");
        Refused(Path.Combine(_job.Folder, "in"), "the files are of 2 formats");
    }

    [Fact]
    public void Orders_of_which_none_can_be_read() =>
        Refused(_job.Write("orders.csv", "customer_id,order_date,amount\nA,soon,1\n"), "is an order line", "unreadable_date: 1", "soon");

    [Fact]
    public void A_day_before_the_first_order()
    {
        var path = _job.Write("orders.csv", "customer_id,order_date,amount\nA,2026-01-01,1\n");
        Assert.Contains("on or before 2025-01-01", Assert.Throws<DataFault>(() => _job.Run(path, "2025-01-01")).Message, StringComparison.Ordinal);
    }

    private void Refused(string path, params string[] words)
    {
        var fault = Assert.Throws<DataFault>(() => _job.Run(path, null, null, "orders.maxBadRows=100%"));
        Assert.All(words, word => Assert.Contains(word, fault.Message, StringComparison.Ordinal));
        Assert.False(Directory.Exists(_job.Output));
    }
}
