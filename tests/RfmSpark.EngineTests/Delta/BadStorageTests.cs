namespace RfmSpark.EngineTests.Delta;

/// <summary>Storage that will not take what is written: a sentence, exit code 4, and nothing damaged.</summary>
public sealed class BadStorageTests : IDisposable
{
    private readonly TestJob _job = new();

    public void Dispose() => _job.Dispose();

    [Fact]
    public void An_output_that_cannot_be_made()
    {
        var orders = _job.Write("orders.csv", "customer_id,order_date,amount\nA,2026-01-01,1\n");
        var output = _job.Write("a-file", "x") + "/out";

        var run = JobProcess.Run("run", "--orders", orders, "--out", output);

        Assert.Equal(4, run.ExitCode);
        Assert.Contains("cannot be made", run.Log, StringComparison.Ordinal);
    }

    [SkippableFact]
    public void A_disk_without_space_leaves_the_tables_as_they_were()
    {
        var disk = Path.Combine(Requires.SmallDisk(), Guid.NewGuid().ToString("N"));
        Directory.CreateDirectory(disk);
        try
        {
            var small = _job.Write("small.csv", "customer_id,order_date,amount\nA,2026-01-01,1\n");
            Assert.Equal(0, JobProcess.Run("run", "--orders", small, "--out", disk).ExitCode);
            var before = TestJob.Rows(disk, "customer_segments", "customer_id, monetary");

            var large = Path.Combine(_job.Folder, "large.parquet");
            Assert.Equal(0, JobProcess.Run("generate", "--customers", "300000", "--out", large).ExitCode);
            var run = JobProcess.Run("run", "--orders", large, "--out", disk, "--as-of", "2026-01-02");

            Assert.Equal(4, run.ExitCode);
            Assert.Contains("The disk is full", run.Log, StringComparison.Ordinal);
            Assert.Equal(before, TestJob.Rows(disk, "customer_segments", "customer_id, monetary"));
            Assert.Single(Directory.GetFiles(Path.Combine(disk, "customer_segments"), "part-*", SearchOption.AllDirectories));
            Assert.Equal(0, JobProcess.Run("run", "--orders", small, "--out", disk).ExitCode);
        }
        finally
        {
            Directory.Delete(disk, recursive: true);
        }
    }
}
