using System.Text.Json.Nodes;

namespace RfmSpark.EngineTests.Delta;

/// <summary>What stands in checkpoints, and what is done without them.</summary>
public sealed partial class DeltaTableTests
{
    [Theory]
    [InlineData(null, "1")]
    [InlineData("interval 30 days", "1, 8, 20")]
    [InlineData("interval 1 week", "1")]
    [InlineData("INTERVAL 2 weeks 5 days 36 hours", "1, 8, 20")]
    [InlineData("9 days", "1, 8")]
    [InlineData("interval 12 hours", "")]
    [InlineData("interval 99999999999999999999 weeks", "1, 8, 20, 40")]
    [InlineData("interval 1 month", "1, 8, 20, 40")]   // no fixed length: all are kept
    [InlineData("interval 3 daze", "1, 8, 20, 40")]
    public void A_checkpoint_remembers_removed_files_for_as_long_as_the_table_asks(string? retention, string days)
    {
        Begin(retention is null ? [] : new JsonObject { ["delta.deletedFileRetentionDuration"] = retention }, new[] { 1, 8, 20, 40 }.Select(age => Removed($"gone-{age}", age)));

        _engine.Vacuum(Path);

        Assert.Equal(days, string.Join(", ", Tombstones(0, "split_part(r.path, '-', 2)").OrderBy(int.Parse)));
    }

    [Fact]
    public void A_checkpoint_tells_of_removed_files_only_what_is_known()
    {
        var whole = Removed("whole", 1);
        whole["remove"]!["partitionValues"] = new JsonObject { ["as_of"] = "2026-01-01", ["name"] = "a" };
        whole["remove"]!["size"] = 7;
        var sized = Removed("sized", 1);
        sized["remove"]!["size"] = 8;
        Begin([], Removed("bare", 1), sized, whole);

        _engine.Vacuum(Path);

        Assert.Equal(["bare|false|-|-", "sized|false|-|8", "whole|true|a|7"], Tombstones(0, "concat_ws('|', r.path, r.extendedFileMetadata, CASE WHEN r.partitionValues IS NULL THEN '-' ELSE r.partitionValues['name'] END, COALESCE(CAST(r.size AS VARCHAR), '-'))"));
    }

    private static JsonObject Removed(string path, int daysAgo) => new()
    {
        ["remove"] = new JsonObject { ["path"] = path, ["deletionTimestamp"] = DateTimeOffset.UtcNow.AddDays(-daysAgo).ToUnixTimeMilliseconds(), ["dataChange"] = true },
    };

    private IReadOnlyList<string> Tombstones(int version, string select) =>
        _engine.Read(Sql.Inline($"SELECT {select} FROM (SELECT remove AS r FROM read_parquet('{Checkpoint(version)}')) WHERE r IS NOT NULL ORDER BY r.path"), row => row.Text(0)!);
}
