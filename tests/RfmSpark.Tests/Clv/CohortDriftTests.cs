using RfmSpark.Clv;
using RfmSpark.Simulation;
using static RfmSpark.Tests.Clv.SimulatedCustomers;

namespace RfmSpark.Tests.Clv;

/// <summary>Customers of different times who buy alike, and who do not.</summary>
public sealed class CohortDriftTests
{
    private static readonly BgNbd Model = new(Slow.R, Slow.Alpha, Slow.A, Slow.B);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Customers_who_buy_alike_at_all_times_are_not_said_to_differ(ulong seed) =>
        Assert.Null(CohortDrift.Of(Model, Patterns(Slow, Slow, seed)));

    [Fact]
    public void The_quarter_that_buys_twice_as_often_is_named()
    {
        var note = CohortDrift.Of(Model, Patterns(Slow, Slow with { Alpha = Slow.Alpha / 2 }, 1));

        Assert.StartsWith("the last 25 % of the customers, by when they began, bought 1.", note, StringComparison.Ordinal);
    }

    // Those who begin in the first three quarters of the time buy as one simulator says, the others as the other.
    private static PatternCounts Patterns(OrderSimulator early, OrderSimulator late, ulong seed) => new(
        [.. Customers(early, seed).Where(days => days[0] < 540).Concat(Customers(late, seed).Where(days => days[0] >= 540))
            .Select(days => new Pattern(days.Count - 1, days[^1] - days[0], 730 - days[0], 1, 0))], new RepeatSpends([]));

    private static IEnumerable<List<int>> Customers(OrderSimulator simulator, ulong seed) =>
        simulator.Orders(10_000, 730, seed).GroupBy(o => o.Customer, o => o.Day).Select(days => days.Distinct().ToList());
}
