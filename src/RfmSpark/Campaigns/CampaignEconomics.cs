namespace RfmSpark.Campaigns;

/// <summary>What a campaign to one segment costs and is expected to bring.</summary>
/// <param name="Contacts">Customers to be contacted.</param>
/// <param name="CostPerContact">Money.</param>
/// <param name="Uplift">The share of them who order because of it, 0 to 1.</param>
/// <param name="OrderValue">Money of such an order; null if unknown.</param>
/// <param name="Margin">The share of it that is margin, 0 to 1.</param>
public sealed record CampaignEconomics(long Contacts, decimal CostPerContact, decimal Uplift, decimal? OrderValue, decimal Margin)
{
    /// <summary>Money for all contacts.</summary>
    public decimal Cost => Contacts * CostPerContact;

    /// <summary>Orders because of it.</summary>
    public decimal Conversions => Contacts * Uplift;

    /// <summary>Money of those orders; null if an order's is unknown.</summary>
    public decimal? Revenue => Conversions * OrderValue;

    /// <summary>Return on the cost, (revenue × margin − cost) / cost, the same for one contact as for all; null if it costs nothing or an order's value is unknown.</summary>
    public decimal? Roi => CostPerContact > 0 && OrderValue is { } value ? (Uplift * value * Margin / CostPerContact) - 1 : null;

    /// <summary>The share of those contacted who must order for the cost to come in again; null if an order brings nothing, or its value is unknown.</summary>
    public decimal? BreakEven => OrderValue * Margin > 0 ? CostPerContact / (OrderValue * Margin) : null;

    /// <summary>Whether it is worth it: something is expected, and what is expected is <paramref name="minRoi"/> of the cost or more.</summary>
    public bool IsWorth(decimal minRoi) => Contacts > 0 && Revenue > 0 && (Roi is null || Roi >= minRoi);
}
