using RfmSpark.Clv;
using RfmSpark.Settings;
using static RfmSpark.Tests.Clv.SimulatedCustomers;

namespace RfmSpark.Tests.Clv;

/// <summary>Of simulated customers, what is not in their orders is not found, and the model that was asked for is taken.</summary>
public sealed class ModelChoiceTests
{
    // A gain of 2 in log-likelihood comes about by chance in one data set of 40 or so, of any size.
    private const int Few = 4000;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Customers_who_never_leave_are_not_said_to(ulong seed)
    {
        var (histories, _) = Simulate(Slow with { A = 1e-9, B = 1 }, Few, seed);

        foreach (var asked in Enum.GetValues<ClvModel>())
        {
            var choice = ModelChoice.Of(PurchaseFit.All(histories), asked, _ => null);
            Assert.Equal("NBD", choice.Chosen.Model.Name);
            Assert.False(choice.KnowsWhoIsAlive);
            Assert.Equal(3, choice.Notes.Values.Count(n => n.Contains(ModelChoice.NoDropout)));
        }
    }

    [Fact]
    public void The_model_that_is_asked_for_is_taken_and_else_the_one_of_least_criterion()
    {
        var fits = PurchaseFit.All(Simulate(Slow, Few, 1).Histories);

        Assert.Equal(["BG/NBD", "NBD", "BG/NBD", "MBG/NBD", "Pareto/NBD"], Enum.GetValues<ClvModel>().Select(asked => ModelChoice.Of(fits, asked, _ => null).Chosen.Model.Name));
        Assert.Equal(fits.MinBy(f => f.Aic), ModelChoice.Of(fits, ClvModel.Auto, _ => null).Chosen);
        Assert.Contains(ModelChoice.Of(fits, ClvModel.Auto, _ => null).Notes[fits.Single(f => f.Model is BgNbd)], n => n.Contains("alive by construction", StringComparison.Ordinal));
    }

    [Fact]
    public void A_model_without_dropout_that_is_asked_for_where_customers_leave_says_so()
    {
        var fits = PurchaseFit.All(Simulate(Slow, Few, 1).Histories);

        var choice = ModelChoice.Of(fits, ClvModel.Nbd, model => new(model is Nbd ? 0.5 : 0.01, 0.02));
        Assert.Equal([ModelChoice.AllStay, ModelChoice.OthersHoldOutBetter], choice.Notes[choice.Chosen]);
        Assert.DoesNotContain(ModelChoice.AllStay, ModelChoice.Of(fits, ClvModel.Auto, _ => null).Notes[fits[0]]);
    }

    [Fact]
    public void A_model_that_foretells_the_weeks_held_out_much_worse_than_another_is_not_taken_unless_asked_for()
    {
        var fits = PurchaseFit.All(Simulate(Slow, Few, 1).Histories);
        HeldOutError? Bad(PurchaseModel model) => new(model is BgNbd ? -0.3 : 0.12, 0.05);
        HeldOutError? Alike(PurchaseModel model) => new(model is BgNbd ? -0.23 : 0.12, 0.05);
        HeldOutError? ByChance(PurchaseModel model) => new(model is BgNbd ? -0.3 : 0.12, 0.31);

        var best = fits.Where(f => f.Model.HasDropout && f.Model is not BgNbd).MinBy(f => f.Aic);
        Assert.Equal(best, ModelChoice.Of(fits, ClvModel.Auto, Bad).Chosen);
        Assert.Contains("others predict the weeks held out much better", ModelChoice.Of(fits, ClvModel.Auto, Bad).Notes[fits.Single(f => f.Model is BgNbd)]);
        Assert.IsType<BgNbd>(ModelChoice.Of(fits, ClvModel.Auto, Alike).Chosen.Model);
        Assert.IsType<BgNbd>(ModelChoice.Of(fits, ClvModel.Auto, ByChance).Chosen.Model);
        Assert.IsType<BgNbd>(ModelChoice.Of(fits, ClvModel.BgNbd, Bad).Chosen.Model);
    }
}
