using System.IO.Compression;
using System.Text;

namespace RfmSpark.EngineTests.Intake;

/// <summary>The shapes in which CSV really comes.</summary>
public sealed class CsvTests : IDisposable
{
    private const string Plain = "customer_id,order_date,amount\nA,2026-01-01,10\nB,2026-01-02,20.50\nA,2026-01-03,5\n";
    private readonly TestJob _job = new();

    public void Dispose() => _job.Dispose();

    public static TheoryData<string, byte[], string[]> Shapes => new()
    {
        { "plain", Bytes(Plain), [] },
        { "byte-order mark", [0xEF, 0xBB, 0xBF, .. Bytes(Plain)], [] },
        { "carriage returns", Bytes(Plain.Replace("\n", "\r\n", StringComparison.Ordinal)), [] },
        { "line feeds, then carriage returns", Bytes(Plain.Replace("B,2026-01-02,20.50\n", "B,2026-01-02,20.50\r\n", StringComparison.Ordinal)), [] },
        { "carriage returns, then a line feed", Bytes(Plain.Replace("\n", "\r\n", StringComparison.Ordinal) + "\n"), [] },
        { "no line end at the end", Bytes(Plain.TrimEnd()), [] },
        { "all quoted", Bytes(string.Join('\n', Plain.TrimEnd().Split('\n').Select(l => string.Join(',', l.Split(',').Select(f => $"\"{f}\""))))), [] },
        { "semicolons and a decimal comma", Bytes("customer_id;order_date;amount\nA;2026-01-01;10,00\nB;2026-01-02;20,50\nA;2026-01-03;5\n"), ["orders.delimiter=;", "orders.decimalSeparator=,"] },
        { "tabs", Bytes(Plain.Replace(',', '\t')), ["orders.delimiter=\t"] },
        { "two characters between", Bytes(Plain.Replace(",", "||", StringComparison.Ordinal)), ["orders.delimiter=||"] },
        { "other columns, other order", Bytes("amount,note,order_date,customer_id\n10,\"a, b\nc\",2026-01-01,A\n20.50,,2026-01-02,B\n5,\"say \"\"hi\"\"\",2026-01-03,A\n"), [] },
        { "names in other letters", Bytes(Plain.Replace("customer_id", "Customer_ID", StringComparison.Ordinal)), [] },
        { "spaces around values", Bytes("customer_id,order_date,amount\n A , 2026-01-01 ,  10 \nB,2026-01-02,+20.50\nA,2026-01-03,5e0\n"), [] },
        { "the client's dates", Bytes("customer_id,order_date,amount\nA,01/01/2026 10:00,10\nB,02/01/2026,20.50\nA,03/01/2026 23:59,5\n"), ["orders.dateFormats=dd/MM/yyyy HH:mm,dd/MM/yyyy"] },
        { "time stamps", Bytes("customer_id,order_date,amount\nA,2026-01-01T10:00:00+02:00,10\nB,2026-01-02 23:59:59.999,20.50\nA,2026-01-03T00:00:00Z,5\n"), [] },
        { "latin-1", Encoding.Latin1.GetBytes("customer_id,order_date,amount,größe\nA,2026-01-01,10,ü\nB,2026-01-02,20.50,é\nA,2026-01-03,5,x\n"), ["orders.encoding=latin-1"] },
        {
            "quantity and price",
            Bytes("customer_id,order_date,q,p\nA,2026-01-01,4,2.5\nB,2026-01-02,41,0.5\nA,2026-01-03,0.5,10\n"),
            ["orders.columns.amount=", "orders.columns.quantity=q", "orders.columns.unit_price=p"]
        },
    };

    [Theory, MemberData(nameof(Shapes))]
    public void Each_shape_is_read_alike(string shape, byte[] file, string[] settings)
    {
        _job.Run(_job.Write("orders.csv", file), null, null, settings);

        Assert.True(_job.Rows("customer_segments", "customer_id, first_order, last_order, frequency, monetary", "ORDER BY customer_id")
            .SequenceEqual(["A|2026-01-01|2026-01-03|2|15.00", "B|2026-01-02|2026-01-02|1|20.50"]), shape);
    }

    [Theory]
    [InlineData(false, "\r\n")]
    [InlineData(true, "\n")]
    [InlineData(true, "\r\n")]
    public void In_utf_16_a_letter_is_no_line_end_whatever_its_bytes_are(bool withMark, string lineEnd)
    {
        // č is 010D, ക 0D15, Ċ 010A.
        string[] customers = ["Novačková", "കൊച്ചി", "Ċċ"];
        var text = "customer_id,order_date,amount" + lineEnd + string.Concat(customers.Select(c => $"{c},2026-01-01,1\n"));
        _job.Run(_job.Write("orders.csv", [.. withMark ? Encoding.Unicode.GetPreamble() : [], .. Encoding.Unicode.GetBytes(text)]), null, null, "orders.encoding=utf-16");

        Assert.Equal(customers.Order(StringComparer.Ordinal), _job.Rows("customer_segments", "customer_id").Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Gzip_is_read_as_it_is()
    {
        using (var file = new GZipStream(File.Create(Path.Combine(_job.Folder, "orders.csv.gz")), CompressionLevel.Fastest)) file.Write(Bytes(Plain));

        Assert.Equal(2, _job.Run(Path.Combine(_job.Folder, "orders.csv.gz")).Customers);
    }

    [Fact]
    public void A_gzip_file_that_is_cut_off_is_refused()
    {
        using var whole = new MemoryStream();
        using (var gzip = new GZipStream(whole, CompressionLevel.Fastest, leaveOpen: true))
            gzip.Write(Bytes("customer_id,order_date,amount\n" + string.Concat(Enumerable.Range(0, 20_000).Select(i => $"C{i * 7919 % 20_000},2026-01-01,{i}\n"))));

        foreach (var bytes in new[] { whole.ToArray()[..((int)whole.Length / 2)], whole.ToArray()[..^4], [.. whole.ToArray()[..^8], 1, 2, 3, 4, .. whole.ToArray()[^4..]] })
        {
            var fault = Assert.Throws<DataFault>(() => _job.Run(_job.Write("orders.csv.gz", bytes)));
            Assert.Contains("cut off", fault.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_name_with_the_letters_of_a_pattern_means_that_file()
    {
        _job.Write("o1.csv", Plain.Replace('A', 'X'));
        _job.Run(_job.Write("o[1].csv", Plain));

        Assert.Equal(["A", "B"], _job.Rows("customer_segments", "customer_id", "ORDER BY customer_id"));
    }

    [Fact]
    public void A_file_named_twice_is_read_once()
    {
        _job.Write("o1.csv", Plain);
        _job.Run([Path.Combine(_job.Folder, "o1.csv"), Path.Combine(_job.Folder, ".", "o1.csv"), Path.Combine(_job.Folder, "*.csv")], null, TestJob.Config([]));

        Assert.Equal(["3"], _job.Rows("runs", "rows_in"));
    }

    [Fact]
    public void Quantity_times_price_may_be_as_large_as_an_amount()
    {
        _job.Run(
            _job.Write(
                "orders.csv",
                "customer_id,order_date,q,p\n"
                + "A,2026-01-01,1000000,100\nB,2026-01-01,-3,999999.123456\nB,2026-01-02,1,0.5\nC,2026-01-01,999999999999,999999999999\n"),
            null, null,
            "orders.columns.amount=", "orders.columns.quantity=q", "orders.columns.unit_price=p", "orders.maxBadRows=1");

        Assert.Equal(["A|100000000.00", "B|-2999996.87"], _job.Rows("customer_segments", "customer_id, monetary", "ORDER BY customer_id"));
        Assert.Equal(["unreadable_amount"], _job.Rows("orders_rejected", "reason"));
    }

    [Fact]
    public void Several_files_may_differ_in_the_order_of_their_columns()
    {
        _job.Write("in/2026-01.csv", "customer_id,order_date,amount\nA,2026-01-01,10\n");
        _job.Write("in/2026-02.csv", "amount,customer_id,order_date,extra\n20,B,2026-02-01,x\n");
        _job.Write("in/_SUCCESS", "");

        foreach (var path in new[] { Path.Combine(_job.Folder, "in"), Path.Combine(_job.Folder, "in", "2026-*.csv") })
        {
            _job.Run(path);
            Assert.Equal(["A|10.00", "B|20.00"], _job.Rows("customer_segments", "customer_id, monetary", "ORDER BY customer_id"));
        }
    }

    [Fact]
    public void Values_that_look_like_code_are_data()
    {
        string[] ids = ["'; DROP TABLE x; --", "a\"b", "100%", "a/b\\c", "emoji 🎉", "two\nlines", "tab\there", "=1+1", new string('x', 10_000), ":as_of", "{{f(x)}}", "$1"];
        var csv = "customer_id,order_date,amount\n" + string.Concat(ids.Select(id => $"\"{id.Replace("\"", "\"\"", StringComparison.Ordinal)}\",2026-01-01,1\n"));

        _job.Run(_job.Write("o'rd%er s.csv", csv));

        Assert.Equal(ids.Order(StringComparer.Ordinal), _job.Rows("customer_segments", "customer_id").Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Amounts_keep_their_digits_until_the_sum()
    {
        // A thousand lines of a tenth of a cent and a half: rounded one by one they would be nothing, or ten.
        _job.Run(_job.Write("orders.csv", "customer_id,order_date,amount\n" + string.Concat(Enumerable.Repeat("A,2026-01-01,0.0015\n", 1000)) + "B,2026-01-01,999999999999.99\n"));

        Assert.Equal(["A|1.50", "B|999999999999.99"], _job.Rows("customer_segments", "customer_id, monetary", "ORDER BY customer_id"));
    }

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);
}
