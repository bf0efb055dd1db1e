using RfmSpark.Campaigns;
using RfmSpark.Rfm;

namespace RfmSpark.Tests.Campaigns;

public sealed class CampaignMatrixTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("rfmspark-campaigns-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void Every_persona_of_the_file_and_the_default_legend_have_their_row()
    {
        var campaigns = CampaignsFile.Read(Path.Combine(Checkout.Conf, "campaigns.json"));
        var segments = SegmentsFile.Read(Path.Combine(Checkout.Conf, "segments.json"));

        foreach (var set in segments.Personas.Values) Assert.Equal(set.Personas.Count, campaigns.Choose(set.Name, [.. set.Personas.Select(p => p.Name)]).Rows.Count);
        Assert.Equal(11, campaigns.Choose("eleven-segments", segments.Legends["eleven-segments"].Names).Rows.Count);
        foreach (var matrix in campaigns.Matrices.Values)
            Assert.Empty(matrix.Rows.SelectMany(r => r.Actions).Except(matrix.Actions));
    }

    [Fact]
    public void A_second_cluster_of_a_persona_is_done_as_the_first()
    {
        var matrix = CampaignsFile.Read(Path.Combine(Checkout.Conf, "campaigns.json")).Matrices["composite"].WithNumbered(3);

        Assert.Equal(12, matrix.Rows.Count);
        Assert.Equal(matrix.Rows.Single(r => r.Segment == "At-Risk").Actions, matrix.Rows.Single(r => r.Segment == "At-Risk 3").Actions);
    }

    [Theory]
    [InlineData("""{ "actions": ["A"], "matrices": { "m": { "X": { "actions": ["A", "A", "A", "A"], "cost": 1, "uplift": 0.1 } } } }""", "has no row for Y; every segment needs one")]
    [InlineData(
        """{ "actions": ["A"], "matrices": { "m": { "X": { "actions": ["A"], "cost": 1, "uplift": 0.1 },"""
        + """ "Y": { "actions": ["A", "A", "A", "A"], "cost": 1, "uplift": 0.1 } } } }""",
        "X has 1 actions; it needs one for each of Top, Big, Medium, Small")]
    [InlineData(
        """{ "actions": ["A"], "matrices": { "m": { "X": { "actions": ["A", "A", "A", "A"], "cost": 0.0000004, "uplift": 0.1 },"""
        + """ "Y": { "actions": ["A", "A", "A", "A"], "cost": 1, "uplift": 0.2, "orderValue": 0.125 } } } }""",
        "X: cost is 0.0000004 and uplift 0.1; they may have 6 digits after the point")]
    [InlineData(
        """{ "actions": ["A"], "matrices": { "m": { "X": { "actions": ["A", "A", "A", "A"], "cost": 0.000004, "uplift": 0.1 },"""
        + """ "Y": { "actions": ["A", "A", "A", "A"], "cost": 1, "uplift": 0.2, "orderValue": 0.125 } } } }""",
        "Y: orderValue is 0.125; it may have 2 digits after the point")]
    [InlineData(
        """{ "actions": ["A"], "matrices": { "m": { "X": { "actions": ["A", "B", "A", "A"], "cost": 1, "uplift": 0.1 },"""
        + """ "Y": { "actions": ["A", "A", "A", "A"], "cost": -1, "uplift": 2, "orderValue": 0 } } } }""",
        "'B' is none of the actions A")]
    [InlineData(
        """{ "actions": ["A"], "matrices": { "m": { "X": { "actions": ["A", "B", "A", "A"], "cost": 1, "uplift": 0.1 },"""
        + """ "Y": { "actions": ["A", "A", "A", "A"], "cost": -1, "uplift": 2, "orderValue": 0 } } } }""",
        "Y: uplift is 2; it must be a share from 0 to 1")]
    [InlineData("""{ "actions": ["A"], "matrices": { "other": {} } }""", "there is no matrix 'm'; there are other")]
    [InlineData("""{ "actions": ["A"], "matrices": { "m": null } }""", "matrix m is null; give it its rows")]
    [InlineData("""{ "actions": ["A"], "matrices": { "m": { "X": null } } }""", "matrix m, X is null; give it its rows")]
    [InlineData("""{ "actions": ["A"], "matrices": { "m": { "X": { "acts": [] } } } }""", "is no campaigns file")]
    public void A_matrix_that_cannot_be_used_is_refused(string json, string fault)
    {
        var path = Path.Combine(_folder.FullName, "campaigns.json");
        File.WriteAllText(path, json);

        Assert.Contains(fault, Assert.Throws<ConfigFault>(() => CampaignsFile.Read(path).Choose("m", ["X", "Y"])).Message, StringComparison.Ordinal);
    }
}
