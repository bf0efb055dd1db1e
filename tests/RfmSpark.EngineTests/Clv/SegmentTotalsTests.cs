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
            var path = _job.Write($"orders{seed}.csv", "customer_id,order_date,amount\n" + string.Concat(orders.Where(o => o.Day <= Observed).Select(o => string.Create(CultureInfo.InvariantCulture, $"{o.Customer},{first.AddDays(o.Day):yyyy-MM-dd},{o.Amount}\n"))));
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

    private static decimal Number(string text) => decimal.Parse(text, CultureInfo.InvariantCulture);
}
