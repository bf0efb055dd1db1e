using System.Globalization;

namespace RfmSpark.EngineTests.Report;

/// <summary>Prices on the page, where there are too few lines for segments of their own.</summary>
public sealed class PriceSectionTests : IDisposable
{
    private readonly TestJob _job = new();

    public void Dispose() => _job.Dispose();

    [Fact]
    public void What_all_customers_together_answer_is_told_where_no_segment_has_lines_enough()
    {
        // 40 lines of one product, each half as many at twice the price: an elasticity of -1, in several segments.
        var orders = string.Concat(Enumerable.Range(0, 40).Select(i => string.Create(CultureInfo.InvariantCulture,
            $"C{i},{new DateOnly(2025, 1, 6).AddDays(5 * i):yyyy-MM-dd},16,P,{1 << (i % 4)}\n")));
        _job.Run(_job.Write("orders.csv", "customer_id,order_date,amount,product,quantity\n" + orders), "2026-01-01", null, "orders.columns.product=product", "orders.columns.quantity=quantity");
        var page = new PageText(_job);

        Assert.Equal(["0"], _job.Rows("price_sensitivity", "CAST(COUNT(elasticity) AS VARCHAR)", "WHERE segment IS NOT NULL"));
        Assert.StartsWith("All customers together buy 1.00 % less of the same product where the price is 1 % higher", page.Lead("prices"), StringComparison.Ordinal);
        Assert.Equal("−1.00", Assert.Single(page.Rows("All customers"), cells => cells.Count == 7)[4]);
    }
}
