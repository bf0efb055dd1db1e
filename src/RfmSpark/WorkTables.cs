using RfmSpark.Engine;

namespace RfmSpark;

/// <summary>What a run keeps for itself on its way to <see cref="Tables"/>, in the order in which it does.</summary>
public static class WorkTables
{
    private static readonly string[] ByCustomerAndDay = ["customer_id", "order_date"];

    /// <summary>Every record of the client's files, read.</summary>
    public static readonly Table OrderLines = new("order_lines", "one row per record", [],
    [
        Tables.CustomerId,
        new("order_date", ColumnType.Date, "the day of the line"),
        new("order_id", ColumnType.Text, "the order that the line belongs to; NULL if the files have none"),
        new("channel", ColumnType.Text, "through which it came; NULL if the files do not say"),
        new("store", ColumnType.Text, "where it was bought; NULL likewise"),
        new("product", ColumnType.Text, "what was bought; NULL likewise"),
        new("quantity", ColumnType.Decimal(18, 6), "how many of it; NULL likewise, or if it cannot be read"),
        new("discount", ColumnType.Decimal(18, 6), "money off the line, 0 or more; NULL likewise"),
        new("amount", ColumnType.Decimal(18, 6), "money of the line, returns below zero"),
        Tables.Reason,
        Tables.Source,
        Tables.Content,
        new("fingerprint", ColumnType.Long, "a hash, equal for records that are equal in every column of the file"),
    ]);

    /// <summary><see cref="OrderLines"/> with repeated lines rejected.</summary>
    public static readonly Table OrderLinesOnce = OrderLines with { Name = "order_lines_once" };

    /// <summary>Whole records of each reason.</summary>
    public static readonly Table RejectedSamples = new("rejected_samples", "one row per reason and sample", [],
        [Tables.Reason, new("sample", ColumnType.Int, "1 to 1,000"), Tables.Source, Tables.Content]);

    /// <summary>The reasons, counted.</summary>
    public static readonly Table RejectedCounts = new("rejected_counts", "one row per reason", [],
        [Tables.Reason, new("lines", ColumnType.Long, "records")]);

    /// <summary>The order lines, those of one customer together.</summary>
    public static readonly Table CustomerLines = new("customer_lines", "one row per order line", [],
        [OrderLines["customer_id"], OrderLines["order_date"], OrderLines["order_id"], OrderLines["channel"], OrderLines["store"],
            OrderLines["product"], OrderLines["quantity"], OrderLines["discount"], OrderLines["amount"], OrderLines["fingerprint"]]) { SortedBy = ByCustomerAndDay };

    /// <summary>The lines of each customer's day, added up.</summary>
    public static readonly Table DaySums = new("day_sums", "one row per customer and day with a line", [],
    [
        Tables.CustomerId,
        new("order_date", ColumnType.Date, "the day"),
        new("lines", ColumnType.Int, "lines"),
        new("net", ColumnType.Decimal(18, 6), "sum of the lines"),
    ]) { SortedBy = ByCustomerAndDay };

    /// <summary>Days of more than one line, looked at line by line.</summary>
    public static readonly Table BusyDays = new("busy_days", "one row per customer and day of more than one line", [],
    [
        Tables.CustomerId,
        new("order_date", ColumnType.Date, "the day"),
        new("orders", ColumnType.Int, "orders that come to more than zero"),
        new("lines", ColumnType.Int, "lines"),
        new("repeated_lines", ColumnType.Int, "lines equal to another in every column"),
        new("net", ColumnType.Decimal(18, 6), "sum of the lines"),
    ]) { SortedBy = ByCustomerAndDay };

    /// <summary>Where each customer's days were spent; only where the files say.</summary>
    public static readonly Table PlaceDays = new("place_days", "one row per customer, day, channel and store with a line", [],
    [
        Tables.CustomerId,
        new("order_date", ColumnType.Date, "the day"),
        OrderLines["channel"],
        OrderLines["store"],
        new("net", ColumnType.Decimal(18, 6), "sum of the lines"),
    ]);

    /// <summary>What was bought at which price; only where the files say.</summary>
    public static readonly Table ProductLines = new("product_lines", "one row per order line that is no return", [],
        [Tables.CustomerId, new("order_date", ColumnType.Date, "the day"), OrderLines["order_id"], OrderLines["product"], OrderLines["quantity"], OrderLines["discount"], OrderLines["amount"]]);

    /// <summary>What each customer ordered on each day.</summary>
    public static readonly Table CustomerDays = new("customer_days", "one row per customer and day with a line", [],
    [
        Tables.CustomerId,
        new("order_date", ColumnType.Date, "the day"),
        new("orders", ColumnType.Int, "orders; 0 on a day that is no purchase day"),
        new("lines", ColumnType.Int, "lines"),
        new("repeated_lines", ColumnType.Int, "lines equal to another in every column"),
        new("net", ColumnType.Decimal(18, 6), "sum of the lines"),
    ]) { SortedBy = ByCustomerAndDay };

    /// <summary>What each customer has bought.</summary>
    public static readonly Table CustomerSummary = new("customer_summary", "one row per customer with a line", [],
    [
        Tables.CustomerId,
        Tables.CustomerSegments["first_order"],
        Tables.CustomerSegments["last_order"],
        Tables.CustomerSegments["recency_days"],
        Tables.CustomerSegments["frequency"],
        Tables.CustomerSegments["monetary"],
        Tables.CustomerSegments["purchase_days"],
        new("repeat_spend", ColumnType.Money, "what those after the first one came to"),
        new("year_spend", ColumnType.Money, "net spend of the last 365 days"),
    ]);

    /// <summary>Each customer's scores.</summary>
    public static readonly Table CustomerScores = new("customer_scores", "one row per customer with a purchase", [],
    [
        .. CustomerSummary.Columns,
        Tables.CustomerSegments["r"],
        Tables.CustomerSegments["f"],
        Tables.CustomerSegments["m"],
        Tables.CustomerSegments["quartile_score"],
        Tables.CustomerSegments["overall_score"],
        Tables.CustomerSegments["composite_score"],
    ]);

    /// <summary><see cref="CustomerScores"/> with clusters.</summary>
    public static readonly Table CustomerClusters = new("customer_clusters", "one row per customer with a purchase", [],
        [.. CustomerScores.Columns, Tables.CustomerSegments["cluster"], Tables.CustomerSegments["silhouette"], Tables.CustomerSegments["is_outlier"]]);

    /// <summary>Customers of an earlier day, with scores and clusters by the rules of the day that the run looks from.</summary>
    public static readonly Table CustomerLabels = new("customer_labels", "one row per customer with a purchase", [],
    [
        .. CustomerSummary.Columns.Where(c => c.Name is not ("recency_days" or "year_spend")),
        Tables.CustomerSegments["r"],
        Tables.CustomerSegments["f"],
        Tables.CustomerSegments["m"],
        Tables.CustomerSegments["overall_score"],
        Tables.CustomerSegments["cluster"],
    ]);

    // What totals over customers are made of.
    private static readonly IReadOnlyList<Column> ForTotals =
    [
        new("margin", ColumnType.Double, "share of what the customer spends, 0 to 1"),
        new("clv_variance", ColumnType.Double, "of clv_12m, by the customer's own chance; NULL if the models know none"),
        .. Enumerable.Range(1, 6).Select(k => new Column($"clv_moves_{k}", ColumnType.Double,
            "how far clv_12m moves, with all others', along one of the independent directions in which the models are uncertain")),
    ];

    /// <summary>What each customer is expected to bring.</summary>
    public static readonly Table CustomerValues = new("customer_values", "one row per customer with a purchase", [],
    [
        .. CustomerSummary.Columns.Take(7),
        Tables.CustomerSegments["r"],
        Tables.CustomerSegments["f"],
        Tables.CustomerSegments["m"],
        Tables.CustomerSegments["quartile_score"],
        Tables.CustomerSegments["overall_score"],
        Tables.CustomerSegments["composite_score"],
        Tables.CustomerSegments["cluster"],
        Tables.CustomerSegments["silhouette"],
        Tables.CustomerSegments["is_outlier"],
        Tables.CustomerSegments["p_alive"],
        Tables.CustomerSegments["expected_orders_3m"],
        Tables.CustomerSegments["expected_orders_12m"],
        Tables.CustomerSegments["expected_spend"],
        Tables.CustomerSegments["clv_3m"],
        Tables.CustomerSegments["clv_12m"],
        Tables.CustomerSegments["clv_12m_low"],
        Tables.CustomerSegments["clv_12m_high"],
        Tables.CustomerSegments["revenue_at_risk"],
        .. ForTotals,
    ]) { SortedBy = [Tables.CustomerId.Name] };

    /// <summary>What is done with whom.</summary>
    public static readonly Table CampaignCells = new("campaign_cells", "one row per segment and tier", [],
        [Tables.CampaignPlan["segment"], new("tier", ColumnType.Text, "tier"), Tables.CustomerSegments["priority"], Tables.CustomerSegments["action"],
            new("most_contacts", ColumnType.Long, "how many customers of the segment campaigns.budget pays for; 0 if nobody is contacted, NULL if all are")]);

    /// <summary>Whom to contact first where there is no money for all.</summary>
    public static readonly Table ContactPlaces = new("contact_places", "one row per customer of a campaign that is paid for in part", [],
        [Tables.CustomerId, new("place", ColumnType.Long, "in the order in which they are contacted, from 1")]);

    /// <summary><see cref="Tables.CustomerSegments"/> with what totals over customers need.</summary>
    public static readonly Table SegmentedCustomers = new("segmented_customers", "one row per customer with a purchase", [],
        [.. Tables.CustomerSegments.Columns.Where(c => c.Name is not ("priority" or "action" or "is_contacted" or "previous_segment" or "segment_since")), .. ForTotals]);

    /// <summary>The customers one migration.lookback ago.</summary>
    public static readonly Table EarlierCustomers = new("earlier_customers", "one row per customer with a purchase by then", [],
    [
        Tables.CustomerId,
        Tables.CustomerSegments["first_order"],
        Tables.CustomerSegments["monetary"],
        Tables.CustomerSegments["segment"],
        Tables.CustomerSegments["persona"],
        Tables.CustomerSegments["value_segment"],
        Tables.CustomerSegments["clv_tier"],
        Tables.CustomerSegments["clv_12m"],
    ]);

    /// <summary>The segments of the run before, or of <see cref="EarlierCustomers"/> if there is none.</summary>
    public static readonly Table LastSegments = new("last_segments", "one row per customer", [],
        [Tables.CustomerId, Tables.CustomerSegments["segment"], Tables.CustomerSegments["previous_segment"], Tables.CustomerSegments["segment_since"]]);

    /// <summary>Which segments are good and which are not.</summary>
    public static readonly Table SegmentGrades = new("segment_grades", "one row per segment of the legend's high and atRisk", [],
        [Tables.CustomerSegments["segment"], new("grade", ColumnType.Text, "high or at risk")]);

    // The same segments on two days.
    private static IEnumerable<Column> Pair(string scheme) => [new("from_" + scheme, ColumnType.Text, "on the earlier day"), new("to_" + scheme, ColumnType.Text, "on the later one")];

    /// <summary>Who moved from where to where, counted.</summary>
    public static readonly Table CustomerMoves = new("customer_moves", "one row per cohort and pair of segments, personas, value segments and tiers", [],
    [
        Tables.SegmentMigration["cohort"],
        .. Pair("segment"),
        .. Pair("persona"),
        .. Pair("value_segment"),
        .. Pair("clv_tier"),
        Tables.SegmentMigration["customers"],
        Tables.SegmentMigration["revenue"],
        new("buyers", ColumnType.Long, "those of them who ordered between the days"),
        new("orders", ColumnType.Long, "their orders between the days"),
        new("spent", ColumnType.Money, "their net money between the days"),
        new("clv_before", ColumnType.Money, "clv_12m on the earlier day of those known on both; NULL if there is none"),
        new("clv_after", ColumnType.Money, "clv_12m on the later one of the same"),
    ]);

    /// <summary>Where each customer spends most; empty where the files name no store.</summary>
    public static readonly Table CustomerStores = new("customer_stores", "one row per customer", [], [Tables.CustomerId, OrderLines["store"]]);

    /// <summary>What is known of each cluster without its customers.</summary>
    public static readonly Table ClusterFacts = new("cluster_facts", "one row per cluster", [],
    [
        Tables.CustomerSegments["cluster"],
        Tables.CustomerSegments["persona"],
        Tables.ClusterProfile["description"],
        Tables.ClusterProfile["wcss"],
        Tables.ClusterProfile["stability"],
        Tables.ClusterProfile["stability_bound"],
        Tables.ClusterProfile["centre"],
        Tables.ClusterProfile["distances"],
    ]);

    /// <summary>The legend, cell by cell.</summary>
    public static readonly Table LegendCells = new("legend_cells", "one row per cell of the RFM cube", [],
        [Tables.CustomerSegments["r"], Tables.CustomerSegments["f"], Tables.CustomerSegments["m"],
            Tables.CustomerSegments["rfm_cell"], Tables.CustomerSegments["rfm_score"], Tables.CustomerSegments["segment"]]);

    /// <summary>The names of the overall scores.</summary>
    public static readonly Table OverallSegments = new("overall_segments", "one row per overall score", [],
        [Tables.CustomerSegments["overall_score"], Tables.CustomerSegments["value_segment"], Tables.CustomerSegments["sub_segment"]]);
}
