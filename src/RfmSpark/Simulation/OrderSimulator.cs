using RfmSpark.Numerics;

namespace RfmSpark.Simulation;

/// <summary>One simulated order: the customer's number from 1, the day from 0, and the amount.</summary>
public readonly record struct SimulatedOrder(int Customer, int Day, decimal Amount);

/// <summary>
/// Customers who buy as the BG/NBD model says (Fader, Hardie and Lee 2005: purchases at rate λ ~ Gamma(r, α) a week; after each repeat purchase the customer
/// leaves with probability p ~ Beta(a, b)) and spend as the Gamma-Gamma model says (Fader and Hardie 2013: amounts ~ Gamma(p, ν), ν ~ Gamma(q, γ)).
/// Each customer's first purchase falls on a uniform day of the period. The order of customers and the seed decide everything.
/// </summary>
public sealed record OrderSimulator
{
    private const int DaysPerWeek = 7;

    /// <summary>Shape of the purchase rates.</summary>
    public double R { get; init; } = 0.9;
    /// <summary>Scale of the purchase rates, in weeks.</summary>
    public double Alpha { get; init; } = 5.0;
    /// <summary>First shape of the dropout probabilities.</summary>
    public double A { get; init; } = 0.8;
    /// <summary>Second shape of the dropout probabilities.</summary>
    public double B { get; init; } = 9.0;
    /// <summary>Shape of a customer's amounts.</summary>
    public double SpendP { get; init; } = 6.25;
    /// <summary>Shape of the customers' spend rates; above 1, so that a mean exists.</summary>
    public double SpendQ { get; init; } = 3.74;
    /// <summary>Scale of the customers' spend rates, in money.</summary>
    public double SpendGamma { get; init; } = 15.44;

    /// <summary>The orders of <paramref name="customers"/> customers in a period of <paramref name="days"/> days, customer by customer.</summary>
    public IEnumerable<SimulatedOrder> Orders(int customers, int days, ulong seed)
    {
        for (var customer = 1; customer <= customers; customer++)
        {
            var random = new Pcg32(seed, (ulong)customer);
            var rate = random.NextGamma(R) / Alpha / DaysPerWeek;
            var dropout = random.NextBeta(A, B);
            var spendRate = random.NextGamma(SpendQ) / SpendGamma;
            var time = random.NextDouble() * days;
            yield return new SimulatedOrder(customer, (int)time, Amount(random, spendRate));
            while ((time += random.NextExponential() / rate) < days)
            {
                yield return new SimulatedOrder(customer, (int)time, Amount(random, spendRate));
                if (random.NextDouble() < dropout) break;
            }
        }
    }

    private decimal Amount(Pcg32 random, double spendRate) =>
        Math.Max(0.01m, Math.Round((decimal)Math.Min(1e9, random.NextGamma(SpendP) / spendRate), 2, MidpointRounding.AwayFromZero));
}
