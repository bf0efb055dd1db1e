using System.Globalization;
using RfmSpark.Simulation;

namespace RfmSpark.EngineTests.Clv;

/// <summary>Intervals of what segments will bring, against what simulated customers went on to bring.</summary>
public sealed class SegmentTotalsTests : IDisposable
{
    private const int Observed = 730;
    private const int Ahead = 365;
    private static readonly DateOnly Start = new(2023, 1, 1);
    private readonly TestJob _job = new();

    public void Dispose() => _job.Dispose();

    [Fact]
    public void Nineteen_of_twenty_totals_fall_within_their_interval()
    {
        var held = new List<bool>();
        // Segments by recency and frequency alone: what the first purchase came to, which monetary scores see, no model of repeat spend looks at.
        // So slow that hardly two purchases fall on a day, which the models would take for one.
        var simulator = new OrderSimulator { Alpha = 20 };
        foreach (var seed in Enumerable.Range(1, 12))
        {
            // A day of its own for each, so that all are in one table.
            var first = Start.AddDays(seed);
            var asOf = first.AddDays(Observed).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
            var orders = simulator.Orders(4000, Observed + Ahead, (ulong)seed).ToList();
            var path = _job.Write(
                $"orders{seed}.csv",
                "customer_id,order_date,amount\n"
                + string.Concat(
                    orders.Where(o => o.Day <= Observed)
                        .Select(o => string.Create(CultureInfo.InvariantCulture, $"{o.Customer},{first.AddDays(o.Day):yyyy-MM-dd},{o.Amount}\n"))));
            _job.Run(path, asOf, null, "clusters.replicates=1", "clusters.restarts=1", "clv.model=bgNbd", "rfm.legend=rf-grid", "clv.annualDiscount=0", "clv.margin=0.5");

            var ofRun = $"WHERE as_of = DATE '{asOf}'";
            var came = orders.Where(o => o.Day > Observed).ToLookup(o => o.Customer.ToString(CultureInfo.InvariantCulture), o => o.Amount);
            var customers = _job.Rows("customer_segments", "customer_id, segment, clv_tier", ofRun).ConvertAll(r => r.Split('|'));
            foreach (var row in _job.Rows("segment_summary", "scheme, segment, clv_12m_total_low, clv_12m_total_high, clv_12m", ofRun + " AND scheme IN ('rfm', 'clv_tier')").Select(r => r.Split('|')))
            {
                var total = customers.Where(c => c[row[0] == "rfm" ? 1 : 2] == row[1]).Sum(c => came[c[0]].Sum()) / 2;
                Assert.True(Number(row[2]) < Number(row[4]) && Number(row[4]) < Number(row[3]), string.Join('|', row));
                held.Add(total >= Number(row[2]) && total <= Number(row[3]));
            }
        }

        Assert.True(held.Count > 150);
        Assert.InRange(held.Average(holds => holds ? 1.0 : 0), 0.9, 0.985);
    }

    [Fact]
    public void Totals_of_few_customers_fall_below_and_above_their_interval_equally_seldom()
    {
        var (below, above, all) = (0, 0, 0);
        var simulator = new OrderSimulator { Alpha = 20 };
        foreach (var seed in Enumerable.Range(101, 6))
        {
            var first = Start.AddDays(seed);
            var asOf = first.AddDays(Observed).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
            var orders = simulator.Orders(4000, Observed + Ahead, (ulong)seed).ToList();
            // 40 customers a store.
            var path = _job.Write(
                $"orders{seed}.csv",
                "customer_id,order_date,amount,shop\n"
                + string.Concat(
                    orders.Where(o => o.Day <= Observed)
                        .Select(o => string.Create(
                            CultureInfo.InvariantCulture, $"{o.Customer},{first.AddDays(o.Day):yyyy-MM-dd},{o.Amount},S{o.Customer % 100}\n"))));
            _job.Run(path, asOf, null, "clusters.replicates=1", "clusters.restarts=1", "clv.model=bgNbd", "clv.annualDiscount=0", "orders.columns.store=shop");

            var known = orders.Where(o => o.Day <= Observed).Select(o => o.Customer).ToHashSet();
            var came = orders.Where(o => o.Day > Observed && known.Contains(o.Customer)).ToLookup(o => $"S{o.Customer % 100}", o => o.Amount);
            foreach (var row in _job.Rows(
                "segment_summary",
                "segment, clv_12m_total_low, clv_12m_total_high, clv_12m",
                $"WHERE as_of = DATE '{asOf}' AND scheme = 'store' AND clv_12m_total_low IS NOT NULL").Select(r => r.Split('|')))
            {
                Assert.True(Number(row[1]) < Number(row[3]) && Number(row[3]) < Number(row[2]), string.Join('|', row));
                all++;
                if (came[row[0]].Sum() < Number(row[1])) below++;
                if (came[row[0]].Sum() > Number(row[2])) above++;
            }
        }

        Assert.True(all > 500);
        Assert.InRange(below / (double)all, 0.01, 0.042);
        Assert.InRange(above / (double)all, 0.01, 0.042);
    }

    [Fact]
    public void A_customer_alone_has_no_interval_of_a_total()
    {
        var orders = new OrderSimulator { Alpha = 20 }.Orders(1000, Observed, 1).ToList();
        var alone = orders[0].Customer;
        _job.Run(
            _job.Write(
                "orders.csv",
                "customer_id,order_date,amount,shop\n"
                + string.Concat(
                    orders.Select(o => string.Create(
                        CultureInfo.InvariantCulture,
                        $"{o.Customer},{Start.AddDays(o.Day):yyyy-MM-dd},{o.Amount},{(o.Customer == alone ? "alone" : "all")}\n")))),
            null, null, "orders.columns.store=shop", "clv.model=bgNbd", "clusters.replicates=1", "clusters.restarts=1");

        Assert.Equal(["NULL|NULL|True"], _job.Rows("segment_summary", "clv_12m_total_low, clv_12m_total_high, clv_12m > 0", "WHERE scheme = 'store' AND segment = 'alone'"));
        Assert.Equal(["True"], _job.Rows("segment_summary", "clv_12m_total_low < clv_12m AND clv_12m < clv_12m_total_high", "WHERE scheme = 'store' AND segment = 'all'"));
    }

    private static decimal Number(string text) => decimal.Parse(text, CultureInfo.InvariantCulture);
}
