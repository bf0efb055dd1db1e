using RfmSpark.EngineTests.Postgres;
using RfmSpark.Spark;

namespace RfmSpark.EngineTests.Spark;

/// <summary>A push of tables that Spark reads.</summary>
[Collection("Spark")]
public sealed class SparkPushTests(SparkFixture spark, PostgresFixture postgres) : IClassFixture<PostgresFixture>
{
    [SkippableFact]
    public void Customers_come_from_Spark_in_parts_with_every_value_as_published()
    {
        using var push = new PushJob(postgres.NewDatabase());
        push.Job.Run(push.Job.Write(
            "orders.csv",
            "customer_id,order_date,amount\n"
            + "A,2026-01-01,10\nB,2026-01-02,20.50\nB,2026-01-03,20.50\nÉ'\\,2026-01-04,30\n"
            + "A,2026-03-01,500\nA,2026-03-02,500\nD,2026-03-03,1\nE,2026-03-03,7\n"));
        using var engine = new SparkEngine(spark.Session(), Path.Combine(push.Job.Folder, "staging"));

        push.PushInParts(engine, customersAtOnce: 2);

        push.AssertAsPublished(5);
    }
}
