namespace RfmSpark.Campaigns;

/// <summary>Shares one budget among campaigns.</summary>
public static class BudgetAllotment
{
    /// <summary>
    /// Contacts of each campaign that <paramref name="budget"/> pays for (all if it is null): the campaign of the greatest return first, and of equal ones the earlier. Each further contact of
    /// a campaign returns as much as the one before, so no other way of spending as much brings more (the fractional knapsack: Dantzig, "Discrete-variable extremum problems", 1957); only
    /// whole contacts are paid, so less than one contact's cost may be left.
    /// </summary>
    public static IReadOnlyList<long> Contacts(IReadOnlyList<CampaignEconomics> campaigns, decimal? budget)
    {
        var contacts = new long[campaigns.Count];
        var left = budget;
        foreach (var (i, campaign) in campaigns.Index().OrderByDescending(c => c.Item.Roi ?? decimal.MaxValue))
        {
            contacts[i] = left is { } money && campaign.CostPerContact > 0 ? (long)Math.Min(campaign.Contacts, Math.Floor(money / campaign.CostPerContact)) : campaign.Contacts;
            left -= contacts[i] * campaign.CostPerContact;
        }
        return contacts;
    }
}
