using RfmSpark.Clv;
using RfmSpark.Settings;
using static RfmSpark.Tests.Clv.SimulatedCustomers;

namespace RfmSpark.Tests.Clv;

/// <summary>Of simulated customers, what is not in their orders is not found, and the model that was asked for is taken.</summary>
public sealed class ModelChoiceTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Customers_who_never_leave_are_not_said_to(ulong seed)
    {
        var (histories, _) = Simulate(Slow with { A = 1e-9, B = 1 }, 4000, seed);

        foreach (var asked in Enum.GetValues<ClvModel>())
        {
            var choice = ModelChoice.Of(PurchaseFit.All(histories), asked);
            Assert.Equal("NBD", choice.Chosen.Model.Name);
            Assert.False(choice.KnowsWhoIsAlive);
            Assert.Equal(3, choice.Notes.Values.Count(n => n.Contains(ModelChoice.NoDropout, StringComparison.Ordinal)));
        }
    }

    [Fact]
    public void The_model_that_is_asked_for_is_taken_and_else_the_one_of_least_criterion()
    {
        var fits = PurchaseFit.All(Simulate(Slow, 4000, 1).Histories);

        Assert.Equal(["BG/NBD", "NBD", "BG/NBD", "MBG/NBD", "Pareto/NBD"], Enum.GetValues<ClvModel>().Select(asked => ModelChoice.Of(fits, asked).Chosen.Model.Name));
        Assert.Equal(fits.MinBy(f => f.Aic), ModelChoice.Of(fits, ClvModel.Auto).Chosen);
        Assert.Contains("alive by construction", ModelChoice.Of(fits, ClvModel.Auto).Notes[fits.Single(f => f.Model is BgNbd)], StringComparison.Ordinal);
    }
}
