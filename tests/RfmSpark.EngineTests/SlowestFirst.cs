using Xunit.Abstractions;

[assembly: TestCollectionOrderer("RfmSpark.EngineTests.SlowestFirst", "RfmSpark.EngineTests")]

namespace RfmSpark.EngineTests;

/// <summary>
/// What takes longest begins first, so that no core waits for it in the end. Classes run side by side, half as many again as there are cores: most of a small run on Spark is one thread that plans.
/// </summary>
public sealed class SlowestFirst : ITestCollectionOrderer
{
    private static readonly string[] Slowest = ["Spark, standalone cluster", "Spark, local cluster", "Spark", nameof(Clusters.RealCustomersTests), nameof(Jobs.KilledRunTests)];

    /// <inheritdoc/>
    public IEnumerable<ITestCollection> OrderTestCollections(IEnumerable<ITestCollection> testCollections) =>
        testCollections.OrderBy(c => Array.FindIndex(
            Slowest,
            name => c.DisplayName == name || c.DisplayName.EndsWith('.' + name, StringComparison.Ordinal)) is >= 0 and var place
            ? place
            : Slowest.Length);
}
