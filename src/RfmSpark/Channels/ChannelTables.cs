using RfmSpark.Engine;

namespace RfmSpark.Channels;

/// <summary>The tables between the orders and the channels.</summary>
internal static class ChannelTables
{
    /// <summary>Through which channel each customer came.</summary>
    internal static readonly Table CustomerChannels = new("customer_channels", "one row per customer with a purchase", [],
    [
        Tables.CustomerSegments["customer_id"],
        Tables.CustomerSegments["segment"],
        Tables.CustomerSegments["clv_tier"],
        new("month", ColumnType.Date, "first day of the month of the first purchase"),
        new("channel", ColumnType.Text, "of the first purchase day"),
        Tables.CustomerSegments["monetary"],
        WorkTables.SegmentedCustomers["margin"],
        Tables.CustomerSegments["clv_12m"],
    ]);
}
