using System.Diagnostics;
using RfmSpark.Spark;

namespace RfmSpark.EngineTests.Spark;

/// <summary>On a real cluster: the same tables, also if an executor dies in the middle of the run, which two of the sets of orders have to bear.</summary>
[Collection("Spark, standalone cluster")]
public sealed class StandaloneClusterTests(StandaloneFixture fixture) : IDisposable
{
    private readonly string _staging = Directory.CreateTempSubdirectory("rfmspark-staging-").FullName;

    public void Dispose() => Directory.Delete(_staging, recursive: true);

    public static TheoryData<string, string, bool> Disturbed => new() { { "online_retail", "busy_days", false }, { "100,000 generated", "customer_segments", true } };

    public static TheoryData<string, int> Undisturbed =>
        ParityCase.Theory(
            ParityCase.Cut(ParityCase.DataSets, SparkFixture.Partitions).Except(Disturbed.Select(loss => ((string)loss[0], SparkFixture.Partitions))));

    [SkippableTheory, MemberData(nameof(Undisturbed))]
    public void The_tables_are_the_same(string name, int partitions)
    {
        using var engine = new SparkEngine(fixture.Session(partitions), Path.Combine(_staging, "rows"));

        ParityCase.Of(name).CheckUnpublished(engine);
    }

    [SkippableTheory, MemberData(nameof(Disturbed))]
    public void A_run_that_loses_an_executor_ends_with_the_same_tables(string name, string table, bool whilePublishing)
    {
        using var engine = new SparkEngine(fixture.Session(SparkFixture.Partitions), Path.Combine(_staging, "rows"));
        var before = TwoExecutors();

        ParityCase.Of(name).Check(new KillingEngine(engine, table, whilePublishing, () => Process.GetProcessById(before[0]).Kill()));

        Assert.DoesNotContain(before[0], TwoExecutors());
    }

    // The cluster starts another in place of one that has died.
    private IReadOnlyList<int> TwoExecutors()
    {
        for (var waited = 0; fixture.Executors().Count < 2 && waited < 600; waited++) Thread.Sleep(100);
        var executors = fixture.Executors();
        Assert.Equal(2, executors.Count);
        return executors;
    }

    /// <summary>An engine under which something happens once a table is made, or while it is published.</summary>
    private sealed class KillingEngine(IEngine inner, string table, bool whilePublishing, Action happens) : ForwardingEngine(inner)
    {
        public override void Create(Table made, Sql select)
        {
            base.Create(made, select);
            // What the dead one held in memory and on its disk is gone, and must be made again.
            if (made.Name == table && !whilePublishing) happens();
        }

        public override long Save(Table saved, Publication publication)
        {
            if (saved.Name != table || !whilePublishing) return base.Save(saved, publication);
            var saving = Task.Run(() => SaveInner(saved, publication));
            Thread.Sleep(500);
            Assert.False(saving.IsCompleted, "The table was published before anything happened.");
            happens();
            return saving.GetAwaiter().GetResult();
        }

        private long SaveInner(Table saved, Publication publication) => base.Save(saved, publication);
    }
}
