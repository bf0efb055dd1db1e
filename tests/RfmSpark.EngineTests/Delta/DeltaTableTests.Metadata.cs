using System.Globalization;
using System.Text.Json.Nodes;

namespace RfmSpark.EngineTests.Delta;

/// <summary>What another writer has said of a table, in its metadata and its schema.</summary>
public sealed partial class DeltaTableTests
{
    private const string ForeignSchema =
        """{"type":"struct","fields":[{"name":"as_of","type":"date","nullable":false,"metadata":{"comment":"The day, \u201cas of\u201d"}},"""
        + """{"name":"name","type":"string","nullable":true,"metadata":{}},"""
        + """{"name":"n","type":"long","nullable":false,"metadata":{"comment":"How many","limit":1.50}},"""
        + """{"name":"price","type":"decimal(18,2)","nullable":true,"metadata":{}},{"name":"x","type":"double","nullable":true,"metadata":{}},"""
        + """{"name":"note","type":"string","nullable":true,"metadata":{}},{"name":"rank","type":"short","nullable":true,"metadata":{}},"""
        + """{"name":"level","type":"byte","nullable":true,"metadata":{}},"""
        + """{"name":"weight","type":"float","nullable":true,"metadata":{"comment":"kg"}}]}""";

    [Fact]
    public void What_another_writer_says_of_a_table_outlives_new_columns_and_checkpoints()
    {
        var foreign = Begin(new JsonObject { ["delta.checkpointInterval"] = "10", ["owner"] = "sales" });
        for (var day = 1; day <= 10; day++) SaveWith($"2026-01-{day:00}", day, "extra");
        var before = Rows();
        var first = MetadataOf(1);
        for (var version = 0; version < 10; version++) File.Delete(Commit(version));

        Assert.Equal(before, Rows());
        Assert.Equal(["9f1c|sizes|By another writer|parquet|zstd|as_of, name|1767225600000|sales"], _engine.Read(
            Sql.Inline(
                $"SELECT concat_ws('|', m.id, m.name, m.description, m.format.provider, m.format.options['compression'], "
                + $"array_to_string(m.partitionColumns, ', '), m.createdTime, m.configuration['owner']) "
                + $"FROM (SELECT metaData AS m FROM read_parquet('{Checkpoint(10)}')) WHERE m IS NOT NULL"),
            row => row.Text(0)!));
        SaveWith("2026-02-01", 11, "extra", "more");
        AssertSame(foreign, first);
        foreign.Remove("later");   // checkpoints have no place for what the protocol does not name
        AssertSame(foreign, MetadataOf(11));

        static void AssertSame(JsonObject expected, JsonObject metadata)
        {
            metadata["schemaString"] = expected["schemaString"]!.DeepClone();
            Assert.True(JsonNode.DeepEquals(expected, metadata), metadata.ToJsonString());
        }
    }

    [Fact]
    public void A_new_column_leaves_the_others_as_another_writer_has_declared_them()
    {
        var foreign = Begin([]);
        for (var day = 1; day <= 10; day++) SaveWith($"2026-01-{day:00}", day, "extra");
        var first = MetadataOf(1);
        for (var version = 0; version < 10; version++) File.Delete(Commit(version));
        SaveWith("2026-02-01", 11, "extra", "more");

        Assert.Equal([.. Fields(foreign), """{"name":"extra","type":"integer","nullable":true,"metadata":{}}"""], Fields(first));
        Assert.Equal([.. Fields(first), """{"name":"more","type":"integer","nullable":true,"metadata":{}}"""], Fields(MetadataOf(11)));
        Assert.Equal(11, Rows().Count);

        static IEnumerable<string> Fields(JsonObject metadata) => JsonNode.Parse(metadata["schemaString"]!.GetValue<string>())!["fields"]!.AsArray().Select(f => f!.ToJsonString());
    }

    // The log of a table that another writer has begun. Returns its metadata.
    private JsonObject Begin(JsonObject configuration, params IEnumerable<JsonObject> actions)
    {
        var metadata = new JsonObject
        {
            ["id"] = "9f1c",
            ["name"] = "sizes",
            ["description"] = "By another writer",
            ["format"] = new JsonObject { ["provider"] = "parquet", ["options"] = new JsonObject { ["compression"] = "zstd" } },
            ["schemaString"] = ForeignSchema,
            ["partitionColumns"] = new JsonArray("as_of", "name"),
            ["createdTime"] = 1767225600000,
            ["configuration"] = configuration,
            ["later"] = new JsonObject { ["unknown"] = 1 },
        };
        Directory.CreateDirectory(Log);
        File.WriteAllLines(
            Commit(0),
            new[]
            {
                """{"protocol":{"minReaderVersion":1,"minWriterVersion":2}}""",
                new JsonObject { ["metaData"] = metadata.DeepClone() }.ToJsonString(),
            }.Concat(actions.Select(a => a.ToJsonString())));
        return metadata;
    }

    private void SaveWith(string asOf, long run, params string[] extra)
    {
        var wider = Sizes with { Columns = [.. Sizes.Columns, .. extra.Select(name => new Column(name, ColumnType.Int, ""))] };
        _engine.Put(wider, [run], (n, row) =>
        {
            Write(row, asOf, "a", n, 0, null);
            foreach (var _ in extra) row.Long(n);
        });
        _engine.Save(wider, new Publication(Path, DateOnly.Parse(asOf, CultureInfo.InvariantCulture), run));
    }

    private JsonObject MetadataOf(int version) => Actions(version).Single(a => a["metaData"] is not null)["metaData"]!.DeepClone().AsObject();

    private string Commit(int version) => System.IO.Path.Combine(Log, $"{version.ToString("D20", CultureInfo.InvariantCulture)}.json");

    private string Checkpoint(int version) => System.IO.Path.Combine(Log, $"{version.ToString("D20", CultureInfo.InvariantCulture)}.checkpoint.parquet");
}
