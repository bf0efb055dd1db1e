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

        Assert.Equal(
            ["bare|false|-|-", "sized|false|-|8", "whole|true|a|7"],
            Tombstones(
                0,
                "concat_ws('|', r.path, r.extendedFileMetadata, "
                + "CASE WHEN r.partitionValues IS NULL THEN '-' ELSE r.partitionValues['name'] END, COALESCE(CAST(r.size AS VARCHAR), '-'))"));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("SELECT 1 AS n")]
    [InlineData("SELECT 'x' AS add")]
    [InlineData("SELECT {'size': 1} AS add")]
    public void A_damaged_checkpoint_is_passed_over_for_an_older_one_that_commits_follow(string? damage)
    {
        for (var version = 0; version <= 21; version++) Save($"2026-01-{version + 1:00}", version, [("a", version)]);
        for (var version = 0; version <= 10; version++) File.Delete(Commit(version));
        var before = Rows();

        Damage(20, damage);
        Assert.Equal(before, Rows());
        Assert.Equal(22, Save("2026-02-01", 22, [("a", 22)]));

        File.Delete(Commit(15));
        var fault = Assert.Throws<EngineFault>(() => Rows());
        Assert.Contains($"{Checkpoint(20)} cannot be read as a Delta checkpoint", fault.Message, StringComparison.Ordinal);
        Assert.Contains("Restore that checkpoint, or publish to another --out.", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void With_no_checkpoint_that_can_be_read_the_newest_is_named()
    {
        for (var version = 0; version <= 20; version++) Save($"2026-01-{version + 1:00}", version, [("a", version)]);
        File.Delete(Commit(0));
        Damage(10, "SELECT {'size': 1} AS add");
        Damage(20, "SELECT {'size': 1} AS add");

        Assert.Contains($"{Checkpoint(20)} cannot be read", Assert.Throws<EngineFault>(() => Rows()).Message, StringComparison.Ordinal);
        Assert.Contains($"{Checkpoint(10)} cannot be read", Assert.Throws<EngineFault>(() => _engine.Open("opened", Path, version: 12)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_damaged_checkpoint_is_not_passed_over_for_a_state_before_it()
    {
        for (var version = 0; version <= 10; version++) Save($"2026-01-{version + 1:00}", version, [("a", version)]);
        File.Delete(Commit(9));
        File.Delete(Commit(10));
        Damage(10, null);

        Assert.Contains($"{Checkpoint(10)} cannot be read", Assert.Throws<EngineFault>(() => Rows()).Message, StringComparison.Ordinal);
    }

    private static JsonObject Removed(string path, int daysAgo) => new()
    {
        ["remove"] = new JsonObject { ["path"] = path, ["deletionTimestamp"] = DateTimeOffset.UtcNow.AddDays(-daysAgo).ToUnixTimeMilliseconds(), ["dataChange"] = true },
    };

    private IReadOnlyList<string> Tombstones(int version, string select) =>
        _engine.Read(Sql.Inline($"SELECT {select} FROM (SELECT remove AS r FROM read_parquet('{Checkpoint(version)}')) WHERE r IS NOT NULL ORDER BY r.path"), row => row.Text(0)!);

    // Puts other rows in a checkpoint's place, or nothing.
    private void Damage(int version, string? select)
    {
        if (select is null) File.WriteAllText(Checkpoint(version), "");
        else _engine.Export(Sql.Inline(select), Checkpoint(version));
    }
}
