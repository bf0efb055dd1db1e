using RfmSpark.Clv;
using RfmSpark.Simulation;

namespace RfmSpark.Tests.Clv;

/// <summary>What two years of simulated orders hold of each customer.</summary>
internal static class SimulatedCustomers
{
    private const int Days = 730;

    /// <summary>So slow that hardly two purchases fall on a day, which the models would take for one.</summary>
    internal static readonly OrderSimulator Slow = new() { Alpha = 20 };

    internal static (PurchaseHistories Histories, RepeatSpends Spends) Simulate(OrderSimulator simulator, int customers, ulong seed)
    {
        var all = simulator.Orders(customers, Days, seed).GroupBy(o => o.Customer)
            .Select(orders => orders.GroupBy(o => o.Day, o => o.Amount).Select(d => (Day: d.Key, Net: (double)d.Sum())).ToList()).ToList();
        return (new PurchaseHistories(all.Select(days => (new PurchaseHistory(days.Count - 1, (days[^1].Day - days[0].Day) / 7.0, (Days - days[0].Day) / 7.0), 1L))),
            new RepeatSpends(all.Where(days => days.Count > 1).Select(days => new RepeatSpend(days.Count - 1, days.Skip(1).Average(d => d.Net), 1))));
    }
}
