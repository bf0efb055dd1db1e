using RfmSpark.Clv;
using RfmSpark.Clv.Validation;
using static RfmSpark.Tests.Clv.SimulatedCustomers;

namespace RfmSpark.Tests.Clv;

/// <summary>How far off the model that customers were simulated by is, by chance.</summary>
public sealed class HeldOutErrorTests
{
    private const int Days = 730, FittedUntil = 562;
    private static readonly PurchaseFit Truth = new(new BgNbd(Slow.R, Slow.Alpha, Slow.A, Slow.B), 0, null, null, Converged: true, OnBound: false);

    [Fact]
    public void The_true_model_is_off_by_no_more_than_chance_in_19_of_20_shops()
    {
        const int shops = 400;
        var byChance = Enumerable.Range(1, shops).Count(seed => Error((ulong)seed, 300).BeyondChance == 0);

        // 95 % of 400, with what chance three standard errors of such a share leave, and a little for so few purchases not being normal.
        Assert.InRange(byChance, 364, 394);
    }

    [Fact]
    public void Four_times_the_customers_leave_half_to_chance() => Assert.Equal(0.5, Error(1, 40_000).ByChance / Error(2, 10_000).ByChance, 0.05);

    private static HeldOutError Error(ulong seed, int customers)
    {
        var patterns = Slow.Orders(customers, Days, seed).GroupBy(o => o.Customer, o => o.Day)
            .Select(days => days.Distinct().ToLookup(day => day < FittedUntil))
            .Where(days => days[true].Any())
            .Select(days => (First: days[true].Min(), Before: days[true].ToList(), After: days[false].Count()))
            .Select(c => new Pattern(c.Before.Count - 1, c.Before.Max() - c.First, FittedUntil - c.First, 1, c.After)).ToList();
        return PurchasePrediction.Of(Truth, new PatternCounts(patterns, new RepeatSpends([])), (Days - FittedUntil) / 7).Error(patterns.Sum(p => p.PurchasesAfter));
    }
}
