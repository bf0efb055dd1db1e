using System.Globalization;

namespace RfmSpark.EngineTests.Clv;

/// <summary>Margins that differ by where one buys, and horizons besides 3 and 12 months.</summary>
public sealed class MarginTests : IDisposable
{
    private const string Orders = """
        customer_id,order_date,amount,shop,via
        A,2026-01-01,10,Outlet,web
        A,2026-02-01,30,Outlet,web
        A,2026-03-01,60,High Street,web
        B,2026-01-10,40,High Street,app
        B,2026-02-10,20,High Street,app
        B,2026-02-20,-5,Outlet,app
        C,2026-01-20,50,,web
        C,2026-03-20,70,,app
        D,2026-01-05,20,outlet,app
        """;

    private readonly TestJob _job = new();

    public void Dispose() => _job.Dispose();

    [Fact]
    public void A_customers_margin_is_that_of_what_it_has_bought()
    {
        Dictionary<string, decimal> ValueAt(params string[] settings)
        {
            _job.Run(_job.Write("orders.csv", Orders), "2026-04-01", null, [.. settings, "orders.columns.store=shop", "orders.columns.channel=via"]);
            return _job.Rows("customer_segments", "customer_id, clv_12m").ToDictionary(r => r.Split('|')[0], r => decimal.Parse(r.Split('|')[1], CultureInfo.InvariantCulture));
        }

        var all = ValueAt("clv.margin=1");
        var byStore = ValueAt("clv.margin=0.5", "clv.marginBy=store", "clv.margins.outlet=0.2");
        var byChannel = ValueAt("clv.margin=0.5", "clv.marginBy=channel", "clv.margins.app=0.1", "clv.margins.web=0.3", "clv.margins.fax=1");

        // A bought 40 at the outlet and 60 elsewhere; B's return is no purchase there; C's shop is not known; D's is written in another case.
        foreach (var (customer, margin) in new[] { ("A", 0.38m), ("B", 0.5m), ("C", 0.5m), ("D", 0.2m) }) Assert.Equal((double)(all[customer] * margin), (double)byStore[customer], 0.0101);
        foreach (var (customer, margin) in new[] { ("A", 0.3m), ("B", 0.1m), ("C", ((50 * 0.3m) + (70 * 0.1m)) / 120), ("D", 0.1m) })
            Assert.Equal((double)(all[customer] * margin), (double)byChannel[customer], 0.0101);
        Assert.Contains(_job.Log.Lines, l => l == "WARN clv: clv.margins names fax, but no order line is of such a channel");
    }

    [SkippableFact]
    public void Values_up_to_further_horizons_lie_where_they_must()
    {
        _job.Run(Requires.Data("cdnow_sample.csv"), "1998-06-30", "cdnow", "clusters.replicates=1", "clusters.restarts=1", "clv.horizons=3m,12m,6m,52w,60m");

        Assert.Equal(["12m|2349", "3m|2349", "52w|2349", "60m|2349", "6m|2349"], _job.Rows("customer_horizons", "horizon, COUNT(DISTINCT customer_id)", "GROUP BY horizon ORDER BY horizon"));
        var sums = _job.Rows("customer_horizons", "horizon, SUM(clv), SUM(expected_orders)", "GROUP BY horizon").ConvertAll(r => r.Split('|'))
            .ToDictionary(r => r[0], r => (Value: Number(r[1]), Orders: Number(r[2])));
        var published = _job.Rows("customer_segments", "SUM(clv_3m), SUM(clv_12m), SUM(expected_orders_3m), SUM(expected_orders_12m)").Single().Split('|').Select(Number).ToList();
        Assert.Equal((published[0], published[1]), (sums["3m"].Value, sums["12m"].Value));
        Assert.Equal(published[2], sums["3m"].Orders, 1e-6);
        Assert.Equal(published[3], sums["12m"].Orders, 1e-6);
        Assert.True(sums["3m"].Value < sums["6m"].Value && sums["6m"].Value < sums["52w"].Value && sums["52w"].Value < sums["12m"].Value && sums["12m"].Value < sums["60m"].Value);
        // 52 weeks are 364 of 365.25 days.
        Assert.Equal(364 / 365.25, sums["52w"].Orders / sums["12m"].Orders, 0.001);
    }

    [Fact]
    public void Without_horizons_the_table_is_empty()
    {
        _job.Run(_job.Write("orders.csv", Orders), "2026-04-01");

        Assert.Empty(_job.Rows("customer_horizons", "customer_id"));
    }

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}
