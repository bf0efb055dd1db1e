using System.Globalization;

namespace RfmSpark.EngineTests.Report;

/// <summary>What changed from run to run, on the page.</summary>
public sealed class HistorySectionTests : IDisposable
{
    private readonly TestJob _job = new();

    public void Dispose() => _job.Dispose();

    [SkippableFact]
    public void Growth_is_written_with_its_sign()
    {
        var orders = Requires.Data("online_retail.csv.gz");
        foreach (var day in new[] { "2011-09-01", "2011-12-01" }) _job.Run(orders, day, "online_retail", "clusters.replicates=1", "clusters.restarts=1");

        var growth = double.Parse(
            Assert.Single(_job.Rows("segment_metrics", "value", "WHERE metric = 'clv_growth' AND segment IS NULL AND as_of = DATE '2011-12-01'")), CultureInfo.InvariantCulture);
        Assert.True(growth > 0.0005);
        var written = string.Create(CultureInfo.InvariantCulture, $"{100 * growth:+0.0;−0.0} %");
        var lines = new PageText(_job).Rows("2011-12-01");
        Assert.Contains(written, Assert.Single(lines, cells => cells.Count > 4));
    }
}
