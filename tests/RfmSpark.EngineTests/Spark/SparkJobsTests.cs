using System.Text.RegularExpressions;
using RfmSpark.Spark;
using RfmSpark.Spark.Gateway;

namespace RfmSpark.EngineTests.Spark;

/// <summary>What an operator sees of the work while Spark does it: names in its pages, and how far it is.</summary>
[Collection("Spark")]
public sealed partial class SparkJobsTests(SparkFixture fixture) : IDisposable
{
    private readonly string _staging = Directory.CreateTempSubdirectory("rfmspark-staging-").FullName;

    public void Dispose() => Directory.Delete(_staging, recursive: true);

    [SkippableFact]
    public void A_job_has_the_name_of_the_table_that_it_makes_in_Sparks_pages()
    {
        using var engine = new SparkEngine(fixture.Session(), Path.Combine(_staging, "rows"));
        engine.Create(
            new Table(
                "customer_days", "", [],
                [
                    new("order_date", ColumnType.Date, ""), new("lines", ColumnType.Int, ""), new("repeated_lines", ColumnType.Int, ""),
                    new("net", ColumnType.Money, ""),
                ]),
            Sql.Inline("SELECT DATE '2026-01-01' AS order_date, 1 AS lines, 0 AS repeated_lines, CAST(id AS DECIMAL(18, 2)) AS net FROM range(100)"));
        engine.Read(Sql.Of("day_totals"), row => row.Date(0));

        Assert.Contains("customer_days (inline)", JobNames());
        Assert.Contains("result (day_totals.sql)", JobNames());
    }

    [SkippableFact]
    public void A_statement_tells_how_many_of_its_tasks_are_done_and_can_be_cancelled()
    {
        using var cancel = new CancellationTokenSource(TimeSpan.FromMinutes(3));
        List<EngineProgress> told = [];
        using var engine = new SparkEngine(fixture.Session(), Path.Combine(_staging, "rows"), cancel: cancel.Token, progress: progress =>
        {
            lock (told) told.Add(progress);
            if (progress.Percent > 0) cancel.Cancel();
        });

        // 400 tasks of which each takes a while: hours in all.
        Assert.Throws<OperationCanceledException>(() => engine.Create(
            new Table("many", "", [], [new("n", ColumnType.Long, "")]),
            Sql.Inline("SELECT CAST(SUM(hash(id)) AS BIGINT) AS n FROM range(0, 400000000000, 1, 4000)")));

        Assert.Contains(told, progress => progress.Percent > 0);
        Assert.All(told, progress =>
        {
            Assert.InRange(progress.Percent, 0, 100);
            var tasks = Tasks().Match(progress.Doing);
            Assert.True(tasks.Success, progress.Doing);
        });
    }

    private List<string> JobNames()
    {
        using var context = fixture.Session().Java.Get("sparkContext");
        using var store = context.Get("statusStore");
        using var jobs = store.Get("jobsList", [null]);
        List<string> names = [];
        for (var i = 0; i < (int)jobs.Call("size")!; i++)
        {
            using var job = (JavaObject)jobs.Call("apply", i)!;
            using var description = job.Get("description");
            names.Add(description.Call("isDefined") is true ? (string)description.Call("get")! : "");
        }
        return names;
    }

    [GeneratedRegex("^many, [0-9,]+ of [0-9,]+ tasks$")]
    private static partial Regex Tasks();
}
