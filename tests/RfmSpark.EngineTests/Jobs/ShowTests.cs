using System.Text.Json.Nodes;

namespace RfmSpark.EngineTests.Jobs;

/// <summary>What <c>show</c> prints, in which form, and what it says where it cannot.</summary>
public sealed class ShowTests : IDisposable
{
    private readonly TestJob _job = new();

    public void Dispose() => _job.Dispose();

    [Fact]
    public void Show_picks_a_day_rows_and_a_form()
    {
        JobProcess.Run("run", "--orders", Orders(), "--out", _job.Output);
        JobProcess.Run("run", "--orders", Orders(), "--out", _job.Output, "--as-of", "2026-01-02");

        var json = JobProcess.Run("show", "customer_segments", "--out", _job.Output, "--as-of", "2026-01-04", "--where", "customer_id=B, \"x\"", "--where", "frequency=1", "--format", "json");
        var row = JsonNode.Parse(json.Output.Trim())!;
        Assert.Equal("B, \"x\"", row["customer_id"]!.GetValue<string>());
        Assert.Equal("20.50", row["monetary"]!.ToJsonString());

        var table = JobProcess.Run("show", "segment_summary", "--out", _job.Output, "--limit", "1").Output;
        Assert.Contains("revenue_share", table, StringComparison.Ordinal);
        Assert.Contains("2026-01-04", table, StringComparison.Ordinal);
    }

    [Fact]
    public void A_day_is_no_condition()
    {
        JobProcess.Run("run", "--orders", Orders(), "--out", _job.Output);

        var show = JobProcess.Run("show", "segment_summary", "--out", _job.Output, "--where", "as_of=2026-01-01");

        Assert.Equal(2, show.ExitCode);
        Assert.Contains("which --as-of names", show.Log, StringComparison.Ordinal);
    }

    [Fact]
    public void The_highest_of_a_column_are_shown_first_with_the_columns_that_are_wanted()
    {
        JobProcess.Run("run", "--orders", _job.Write("orders.csv", "customer_id,order_date,amount\nA,2026-01-01,10\nB,2026-01-02,30\nC,2026-01-02,20\n"), "--out", _job.Output);

        var show = JobProcess.Run("show", "customer_segments", "--out", _job.Output, "--top", "monetary", "--columns", "customer_id, monetary, clv_12m", "--limit", "2", "--format", "csv");

        Assert.Equal("customer_id,monetary,clv_12m\nB,30.00,\nC,20.00,\n", show.Output);
        Assert.Contains("these are the first 2", show.Log, StringComparison.Ordinal);
    }

    [Fact]
    public void A_data_file_that_is_gone_is_named()
    {
        JobProcess.Run("run", "--orders", Orders(), "--out", _job.Output);
        var folder = Path.Combine(_job.Output, "segment_summary");
        var gone = Assert.Single(Directory.GetFiles(folder, "*.parquet", SearchOption.AllDirectories));
        File.Delete(gone);

        var show = JobProcess.Run("show", "segment_summary", "--out", _job.Output);

        Assert.Equal(4, show.ExitCode);
        Assert.StartsWith($"{folder} lacks {Path.GetRelativePath(folder, gone)}, a data file that its log names", show.Log.TrimStart(), StringComparison.Ordinal);
    }

    [Fact]
    public void Csv_is_safe_to_open_in_a_spreadsheet()
    {
        string[] customers = ["=1+1", "+1", "-1", "@sum", "\t=1", "\r=1", "a=1", "'=1", "=\"x\",1"];
        var orders = string.Concat(customers.Select(c => $"\"{c.Replace("\"", "\"\"", StringComparison.Ordinal)}\",2026-01-01,10\n"));
        JobProcess.Run("run", "--orders", _job.Write("orders.csv", $"customer_id,order_date,amount\n{orders}N,2026-01-01,10\nN,2026-01-02,-30\n"), "--out", _job.Output);
        string Show(string format) => JobProcess.Run("show", "customer_segments", "--out", _job.Output, "--columns", "customer_id,monetary", "--format", format).Output;

        var csv = Show("csv");
        foreach (var line in new[] { "'=1+1,", "'+1,", "'-1,", "'@sum,", "'\t=1,", "\"'\r=1\",", "a=1,", "'=1,", "\"'=\"\"x\"\",1\"," })
            Assert.Contains($"\n{line}10.00\n", csv, StringComparison.Ordinal);
        Assert.Contains("\nN,-20.00\n", csv, StringComparison.Ordinal);
        Assert.Contains("{\"customer_id\":\"=1+1\",\"monetary\":10.00}", Show("json"), StringComparison.Ordinal);
        Assert.Contains(" =1+1 ", Show("table"), StringComparison.Ordinal);
    }

    [Fact]
    public void Show_says_what_it_cannot_show()
    {
        JobProcess.Run("run", "--orders", Orders(), "--out", _job.Output);

        foreach (var (message, arguments) in new (string, string[])[]
        {
            ("No run as of 2025-01-01 has finished. There are 2026-01-04 (show runs lists them).", ["--as-of", "2025-01-01"]),
            ("there is no column 'name'", ["--where", "name=x"]),
            ("'many' is no int", ["--where", "frequency=many"]),
            ("--limit is -1", ["--limit", "-1"]),
            ("--top: there is no column 'clv'", ["--top", "clv"]),
            ("--columns: there is no column 'x'", ["--columns", "customer_id,x"]),
        })
        {
            var show = JobProcess.Run(["show", "customer_segments", "--out", _job.Output, .. arguments]);
            Assert.Equal(2, show.ExitCode);
            Assert.Contains(message, show.Log, StringComparison.Ordinal);
        }
        Assert.Contains("B, \"\"x", JobProcess.Run("show", "customer_segments", "--out", _job.Output, "--where", "monetary=20.5", "--format", "csv").Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Columns_that_are_named_twice_are_shown_once()
    {
        JobProcess.Run("run", "--orders", Orders(), "--out", _job.Output);

        Assert.Equal("segment,customers", JobProcess.Run("show", "segment_summary", "--out", _job.Output, "--columns", "segment,segment,customers", "--format", "csv").Output.Split('\n')[0].TrimEnd());
        Assert.Equal(0, JobProcess.Run("show", "segment_summary", "--out", _job.Output, "--columns", "segment,segment", "--format", "json").ExitCode);
    }

    private string Orders() => _job.Write("orders.csv", "customer_id,order_date,amount\nA,2026-01-01,10\n\"B, \"\"x\"\"\",2026-01-02,20.50\nA,2026-01-03,5\n");
}
