using System.Text.RegularExpressions;
using RfmSpark.Clusters;
using RfmSpark.Spark;

namespace RfmSpark.EngineTests.Spark;

/// <summary>A step of the fit on a cluster: the centres go to the customers, and the plan is the same each time, so that its code is generated once.</summary>
[Collection("Spark")]
public sealed partial class ClusterStepTests(SparkFixture fixture) : IDisposable
{
    private readonly string _staging = Directory.CreateTempSubdirectory("rfmspark-staging-").FullName;

    public void Dispose() => Directory.Delete(_staging, recursive: true);

    [SkippableFact]
    public void Centres_are_broadcast_and_customers_stay_where_they_are()
    {
        var session = fixture.Session();
        using var engine = new SparkEngine(session, Path.Combine(_staging, "rows"));
        var scale = new FeatureScale(Feature.Recency, false, 0, 9, 0, 1, 0);
        var space = new FeatureSpace([scale, scale with { Feature = Feature.Frequency }], 5000, new DateOnly(2026, 1, 1));
        engine.Put(ClusterTables.FitPoints(2), Enumerable.Range(0, 5000), (i, row) =>
        {
            row.Long(i % 4);
            row.Long(i % 10);
            row.Long(1 + (i % 7));
            row.Decimal(i);
            row.Long((long)(i % 10 * space.Factor));
            row.Long((long)((1 + (i % 7)) * space.Factor));
        });
        List<string> plans = [];
        foreach (var place in new[] { 3L, 5L })
        {
            var sums = ClusterSums.Read(engine, space, [[0, 0], [place * (long)space.Factor, 4 * (long)space.Factor]], 0, 3);
            Assert.Equal(5000, sums.Sum(s => s.Customers));
            using var step = session.Sql(ClusterSums.Step(space, 2).Render(engine.Dialect));
            plans.Add(step.PhysicalPlan());
        }

        Assert.Contains("BroadcastNestedLoopJoin BuildRight, Cross", plans[0], StringComparison.Ordinal);
        var exchanges = Exchange().Matches(plans[0]).Select(m => m.Value).ToList();
        Assert.All(exchanges, e => Assert.Matches("BroadcastExchange|hashpartitioning\\(label", e));
        Assert.Contains(exchanges, e => e.Contains("hashpartitioning(label", StringComparison.Ordinal));
        Assert.Equal(Shape(plans[0]), Shape(plans[1]));
    }

    // A plan without the numbers that Spark gives its columns and operators, and the row of centres.
    private static string Shape(string plan) => Regex.Replace(Regex.Replace(plan, @"#\d+L?|plan_id=\d+", "#"), @"LocalTableScan [^\n]*", "LocalTableScan");

    [GeneratedRegex(@"\w*Exchange [^\n]*")]
    private static partial Regex Exchange();
}
