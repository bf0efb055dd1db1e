using RfmSpark.Rfm;

namespace RfmSpark.Tests.Rfm;

/// <summary>Sets of names for clusters: those that are shipped, and faulty ones.</summary>
public sealed class PersonaSetTests : IDisposable
{
    private readonly string _file = Path.GetTempFileName();

    public void Dispose() => File.Delete(_file);

    [Fact]
    public void Every_shipped_set_can_be_used()
    {
        var shipped = SegmentsFile.Read(Path.Combine(Checkout.Root, "conf", "segments.json"));

        Assert.Equal(["lifecycle", "four-actions", "composite"], shipped.Personas.Keys);
        Assert.All(shipped.Personas.Keys, name => Assert.Equal(name, shipped.ChoosePersonas(name).Name));   // it refuses a faulty one
        Assert.Contains("the segments file has lifecycle, four-actions, composite", Assert.Throws<ConfigFault>(() => shipped.ChoosePersonas("mine")).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{}""", "it has no names")]
    [InlineData("""{ "A": { "recency": 0.5, "frequency": 0.5 } }""", "A needs either recency, frequency and monetary, or compositeFrom")]
    [InlineData("""{ "A": { "recency": 0.5, "frequency": 0.5, "monetary": 1.5 } }""", "A has a share outside 0 to 1")]
    [InlineData("""{ "A": { "recency": 0.5, "frequency": 0.5, "monetary": 0.5 }, "B": { "compositeFrom": 1 } }""", "some names go by place and others by compositeFrom")]
    [InlineData("""{ "A": { "compositeFrom": 1 }, "B": { "compositeFrom": 2 } }""", "compositeFrom must fall from name to name")]
    public void A_faulty_set_is_refused(string set, string message)
    {
        File.WriteAllText(_file, $$"""
            { "legends": {}, "overall": { "valueSegments": { "All": [0,1,2,3,4,5,6,7,8,9] }, "subSegments": { "All": [0,1,2,3,4,5,6,7,8,9] } }, "personas": { "mine": {{set}} } }
            """);

        Assert.Contains(message, Assert.Throws<ConfigFault>(() => SegmentsFile.Read(_file).ChoosePersonas("mine")).Message, StringComparison.Ordinal);
    }
}
