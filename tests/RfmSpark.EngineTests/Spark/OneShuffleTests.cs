using System.Text.RegularExpressions;
using RfmSpark.Intake;
using RfmSpark.Periods;
using RfmSpark.Rfm;
using RfmSpark.Settings;
using RfmSpark.Spark;

namespace RfmSpark.EngineTests.Spark;

/// <summary>Orders are moved between machines once, whatever is made from them (Spark's physical plans say how often).</summary>
[Collection("Spark")]
public sealed partial class OneShuffleTests(SparkFixture fixture) : IDisposable
{
    private readonly string _staging = Directory.CreateTempSubdirectory("rfmspark-staging-").FullName;

    public void Dispose() => Directory.Delete(_staging, recursive: true);

    [SkippableFact]
    public void What_each_customer_bought_comes_from_one_exchange_by_customer() =>
        ComesFromOneExchange(TestJob.Config(["orders.columns.order_id=order_id"]), ParityCase.Generated(), ["day_sums", "busy_days", "customer_days", "customer_sums"]);

    [SkippableFact]
    public void So_do_places_and_products() =>
        ComesFromOneExchange(
            TestJob.Config(["orders.columns.channel=store_id"], "completejourney"),
            Requires.Data("completejourney_transactions_sample.csv.gz"),
            ["day_sums", "busy_days", "customer_sums", "place_days", "product_lines"]);

    private void ComesFromOneExchange(JobConfig config, string file, IReadOnlyList<string> tables)
    {
        var session = fixture.Session();
        session.Conf().Set("spark.sql.shuffle.partitions", "7");
        using var engine = new SparkEngine(session, Path.Combine(_staging, "rows"));
        var orders = Orders.Load(engine, config.Orders, [file]);
        CustomerSums.Make(engine, config.Rfm, PeriodBits.Of(CohortPeriod.Month, orders.Days.Keys), orders.LastOrder.AddMonths(-1), orders.LastOrder.AddDays(1));

        foreach (var table in tables)
        {
            using var rows = session.Table(table);
            var plan = AsRun(rows.PhysicalPlan());

            // A kept table's plan holds the plans of what it was made from; the same exchange is shown in each, under its own number.
            var exchanges = Exchange().Matches(plan).Select(m => m.Value).Distinct().ToList();
            var exchange = Assert.Single(exchanges);
            Assert.Contains("Exchange hashpartitioning(customer_id", exchange, StringComparison.Ordinal);
            Assert.DoesNotMatch("Python|ScalaUDF|JavaUDF|MapPartitions|DeserializeToObject", plan);
        }
    }

    // Beside the plan that was run Spark shows the one that it began with.
    private static string AsRun(string plan)
    {
        List<string> run = [];
        int? skipped = null;
        foreach (var line in plan.Split('\n'))
        {
            var depth = line.Length - line.TrimStart(' ', '+', '-', ':', '|').Length;
            if (skipped is { } from && depth >= from) continue;
            skipped = line.Contains("== Initial Plan ==", StringComparison.Ordinal) ? depth : null;
            if (skipped is null) run.Add(line);
        }
        return string.Join('\n', run);
    }

    // What is small enough to go whole to every machine moves no orders.
    [GeneratedRegex(@"(?<!Broadcast)Exchange [^\n]*plan_id=\d+")]
    private static partial Regex Exchange();
}
