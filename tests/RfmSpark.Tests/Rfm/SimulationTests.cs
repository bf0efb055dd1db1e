using RfmSpark.Simulation;

namespace RfmSpark.Tests.Rfm;

public sealed class SimulationTests
{
    [Fact]
    public void The_same_seed_makes_the_same_orders()
    {
        var simulator = new OrderSimulator();

        Assert.Equal(simulator.Orders(50, 365, 3), simulator.Orders(50, 365, 3));
        Assert.NotEqual(simulator.Orders(50, 365, 3), simulator.Orders(50, 365, 4));
    }

    [Fact]
    public void Repeat_purchases_come_as_often_as_the_model_expects()
    {
        // E[X(t)] of BG/NBD by numeric integration over the first purchase's uniform day: here with p = 0 almost surely it is r/alpha * t / 2.
        var simulator = new OrderSimulator { R = 2, Alpha = 10, A = 1e-6, B = 1 };
        const int customers = 40_000, weeks = 50;
        var repeats = simulator.Orders(customers, weeks * 7, 1).Count() - customers;

        Assert.Equal(2.0 / 10 * weeks / 2, repeats / (double)customers, 1);
    }

    [Fact]
    public void Amounts_have_the_mean_of_the_Gamma_Gamma_model()
    {
        // p * gamma / (q - 1) = 6.25 * 15.44 / 2.74 = 35.219 (numbers of CDNOW).
        var first = new OrderSimulator().Orders(100_000, 1, 1).DistinctBy(o => o.Customer);

        Assert.InRange((double)first.Average(o => o.Amount), 34.8, 35.7);
    }
}
