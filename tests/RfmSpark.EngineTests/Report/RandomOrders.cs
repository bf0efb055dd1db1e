using System.Globalization;
using RfmSpark.Numerics;

namespace RfmSpark.EngineTests.Report;

/// <summary>Orders of customers who differ by chance alone.</summary>
internal static class RandomOrders
{
    /// <summary>A file of twice as many orders as customers; <paramref name="day"/> is that of an order, by its number.</summary>
    internal static string Write(TestJob job, int customers, Func<int, DateOnly> day)
    {
        var random = new Pcg32(3);
        return job.Write(
            "orders.csv",
            "customer_id,order_date,amount\n"
            + string.Concat(
                Enumerable.Range(0, customers * 2)
                    .Select(i => string.Create(
                        CultureInfo.InvariantCulture,
                        $"C{random.NextUInt() % (uint)customers},{day(i):yyyy-MM-dd},{5 + (random.NextDouble() * 95):0.00}\n"))));
    }
}
