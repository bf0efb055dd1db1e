using System.Diagnostics;
using RfmSpark.Spark;

namespace RfmSpark.EngineTests.Spark;

/// <summary>On a real cluster: the same tables, also if an executor dies in the middle of the run.</summary>
[Collection("Spark, standalone cluster")]
public sealed class StandaloneClusterTests(StandaloneFixture fixture) : IDisposable
{
    private readonly string _staging = Directory.CreateTempSubdirectory("rfmspark-staging-").FullName;

    public void Dispose() => Directory.Delete(_staging, recursive: true);

    public static TheoryData<string> Cases => [.. ParityCase.DataSets];

    [SkippableTheory, MemberData(nameof(Cases))]
    public void The_tables_are_the_same(string name)
    {
        using var engine = new SparkEngine(fixture.Session(), Path.Combine(_staging, "rows"));

        ParityCase.Of(name).CheckUnpublished(engine);
    }

    [SkippableTheory]
    [InlineData("busy_days", false)]
    [InlineData("customer_segments", true)]
    public void A_run_that_loses_an_executor_ends_with_the_same_tables(string table, bool whilePublishing)
    {
        using var engine = new SparkEngine(fixture.Session(), Path.Combine(_staging, "rows"));
        var before = StandaloneFixture.Executors();
        Assert.Equal(2, before.Count);

        ParityCase.Of("100,000 generated").Check(new KillingEngine(engine, table, whilePublishing, () => Process.GetProcessById(before[0]).Kill()));

        Assert.DoesNotContain(before[0], StandaloneFixture.Executors());
        for (var waited = 0; StandaloneFixture.Executors().Count < 2 && waited < 300; waited++) Thread.Sleep(100);
        Assert.Equal(2, StandaloneFixture.Executors().Count);
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
            var committed = 0L;
            var saving = new Thread(() => committed = SaveInner(saved, publication));
            saving.Start();
            Thread.Sleep(500);
            happens();
            saving.Join();
            return committed;
        }

        private long SaveInner(Table saved, Publication publication) => base.Save(saved, publication);
    }
}
