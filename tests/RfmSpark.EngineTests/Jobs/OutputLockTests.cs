using RfmSpark.Jobs;

namespace RfmSpark.EngineTests.Jobs;

/// <summary>Two runs of one output do not start.</summary>
public sealed class OutputLockTests : IDisposable
{
    private readonly TestJob _job = new();

    public void Dispose() => _job.Dispose();

    [Fact]
    public void A_folder_that_is_named_by_a_URI_has_the_same_lock()
    {
        Directory.CreateDirectory(_job.Output);
        using var first = new OutputLock("file://" + _job.Output);

        Assert.Throws<EngineFault>(() => new OutputLock(_job.Output));
    }

    [Fact]
    public void A_run_is_refused_while_another_writes_to_its_tables_and_starts_when_that_is_over()
    {
        Directory.CreateDirectory(_job.Output);
        var small = _job.Write("orders.csv", "customer_id,order_date,amount\nA,2026-01-05,10\n");
        string[][] writers =
        [
            ["run", "--orders", small, "--out", _job.Output],
            ["backfill", "--orders", small, "--out", _job.Output, "--from", "2026-01-06", "--to", "2026-01-06", "--every", "1d"],
            ["forget", "--customer", "A", "--out", _job.Output],
        ];
        using (new OutputLock(_job.Output))
            foreach (var writer in writers)
            {
                var second = JobProcess.Run(writer);
                Assert.Equal(4, second.ExitCode);
                Assert.Contains("another run writes to these tables", second.Log, StringComparison.Ordinal);
            }

        Assert.Equal(0, JobProcess.Run("run", "--orders", small, "--out", _job.Output).ExitCode);
    }
}
