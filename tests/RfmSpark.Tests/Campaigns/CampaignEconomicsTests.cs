using RfmSpark.Campaigns;

namespace RfmSpark.Tests.Campaigns;

/// <summary>Returns of a published plan, worked by hand, and when a campaign is worth it.</summary>
public sealed class CampaignEconomicsTests
{
    // The case study's printed plan: five customers a segment.
    [Theory]
    [InlineData(0.08, 230, 309)]
    [InlineData(0.12, 195, 420)]
    [InlineData(0.20, 100, 344)]
    [InlineData(0.08, 70, 24)]
    public void Returns_are_those_printed(double uplift, int orderValue, int percent)
    {
        var campaign = new CampaignEconomics(5, 4.5m, (decimal)uplift, orderValue, 1);

        Assert.Equal(22.5m, campaign.Cost);
        Assert.Equal(5 * (decimal)uplift * orderValue, campaign.Revenue);
        Assert.Equal(percent, Math.Round(campaign.Roi!.Value * 100));
        Assert.Equal((campaign.Revenue - campaign.Cost) / campaign.Cost, campaign.Roi);
        // Where the break-even share of the contacts orders, the cost comes in again.
        Assert.Equal((double)campaign.Cost, (double)(campaign.Contacts * campaign.BreakEven!.Value * orderValue), 1e-9);
        Assert.Equal(percent >= 50, campaign.IsWorth(0.5m));
    }

    [Fact]
    public void Margin_is_what_comes_back_of_revenue()
    {
        var campaign = new CampaignEconomics(10, 2, 0.1m, 50, 0.4m);

        Assert.Equal(50, campaign.Revenue);
        Assert.Equal(0, campaign.Roi);
        Assert.Equal(0.1m, campaign.BreakEven);
    }

    [Fact]
    public void Nothing_is_claimed_where_nothing_is_known()
    {
        Assert.Null(new CampaignEconomics(10, 2, 0.1m, null, 1).Roi);
        Assert.False(new CampaignEconomics(10, 2, 0.1m, null, 1).IsWorth(0));
        Assert.Null(new CampaignEconomics(10, 2, 0.1m, 50, 0).BreakEven);
        Assert.Null(new CampaignEconomics(10, 0, 0.1m, 50, 1).Roi);
        Assert.True(new CampaignEconomics(10, 0, 0.1m, 50, 1).IsWorth(0.5m));
        Assert.False(new CampaignEconomics(0, 2, 0.1m, 50, 1).IsWorth(-1));
    }
}
