using FsCheck.Xunit;
using RfmSpark.Campaigns;

namespace RfmSpark.Tests.Campaigns;

/// <summary>The budget is spent as well as any way of spending it, tried one by one.</summary>
public sealed class BudgetAllotmentTests
{
    [Property(MaxTest = 300)]
    public void No_other_way_of_spending_brings_more((byte Contacts, byte Value)[] drawn, byte budget)
    {
        // A contact costs the same everywhere, so that whole contacts can be exchanged one for one; campaigns that are not worth it do not come here.
        var campaigns = drawn.Take(4).Select(d => new CampaignEconomics(d.Contacts % 6, 3, 0.5m, d.Value + 7, 1)).ToList();
        var money = (decimal)(budget % 60);

        var contacts = BudgetAllotment.Contacts(campaigns, money);

        Assert.True(contacts.Zip(campaigns).Sum(c => c.First * c.Second.CostPerContact) <= money);
        Assert.All(contacts.Zip(campaigns), c => Assert.InRange(c.First, 0, c.Second.Contacts));
        Assert.Equal(Best(campaigns, money), Gain(campaigns, contacts));
    }

    [Property(MaxTest = 300)]
    public void With_unequal_costs_no_way_brings_more_than_the_parts_of_contacts_that_are_left_would((byte Contacts, byte Cost, byte Value)[] drawn, byte budget)
    {
        var campaigns = drawn.Take(4).Select(d => new CampaignEconomics(d.Contacts % 6, 1 + (d.Cost % 5), 0.5m, d.Value + 10, 1)).ToList();
        var money = (decimal)(budget % 60);

        var contacts = BudgetAllotment.Contacts(campaigns, money);

        var spent = contacts.Zip(campaigns).Sum(c => c.First * c.Second.CostPerContact);
        var dearest = campaigns.Select(c => c.CostPerContact).DefaultIfEmpty().Max();
        var greatest = campaigns.Where(c => c.Contacts > 0).Select(c => c.Roi!.Value).DefaultIfEmpty().Max();
        Assert.True(spent <= money);
        Assert.True(Best(campaigns, money) - Gain(campaigns, contacts) <= campaigns.Count * dearest * Math.Max(0, greatest));
    }

    [Fact]
    public void Without_a_budget_everyone_is_contacted_and_with_one_the_best_first()
    {
        CampaignEconomics[] campaigns = [new(10, 4.5m, 0.08m, 70, 1), new(10, 4.5m, 0.2m, 100, 1), new(10, 0, 0.1m, 5, 1)];

        Assert.Equal([10L, 10, 10], BudgetAllotment.Contacts(campaigns, null));
        Assert.Equal([1L, 10, 10], BudgetAllotment.Contacts(campaigns, 50));
        Assert.Equal([0L, 0, 10], BudgetAllotment.Contacts(campaigns, 0));
    }

    private static decimal Gain(IReadOnlyList<CampaignEconomics> campaigns, IEnumerable<long> contacts) =>
        contacts.Zip(campaigns).Sum(c => c.First * ((c.Second.Uplift * c.Second.OrderValue!.Value) - c.Second.CostPerContact));

    // Every way to contact 0 to all of each, within the money.
    private static decimal Best(IReadOnlyList<CampaignEconomics> campaigns, decimal money)
    {
        IEnumerable<long[]> ways = [[]];
        foreach (var campaign in campaigns) ways = ways.SelectMany(_ => Enumerable.Range(0, (int)campaign.Contacts + 1), (way, n) => (long[])[.. way, n]);
        return ways.Where(way => way.Zip(campaigns).Sum(c => c.First * c.Second.CostPerContact) <= money).Max(way => Gain(campaigns, way));
    }
}
