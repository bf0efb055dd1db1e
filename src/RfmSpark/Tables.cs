using RfmSpark.Engine;

namespace RfmSpark;

/// <summary>What a run publishes, with grain and columns: the contract with its users.</summary>
public static class Tables
{
    private static readonly Column AsOf = new("as_of", ColumnType.Date, "the day that the run looks from");
    internal static readonly Column CustomerId = new("customer_id", ColumnType.Text, "the customer, as the orders name it");
    internal static readonly Column Reason = new("reason", ColumnType.Text, "why the record is no order line");
    internal static readonly Column Source = new("source", ColumnType.Text, "the file");
    internal static readonly Column Content = new("content", ColumnType.Text, "the whole record, as JSON, or as it stands where it cannot be read");

    /// <summary>Each customer with scores and segments.</summary>
    public static readonly Table CustomerSegments = new("customer_segments", "one row per as_of and customer with a purchase", ["as_of", "segment"],
    [
        AsOf,
        CustomerId,
        new("first_order", ColumnType.Date, "first purchase day"),
        new("last_order", ColumnType.Date, "last purchase day"),
        new("recency_days", ColumnType.Int, "days from last_order to as_of"),
        new("frequency", ColumnType.Int, "orders that came to more than zero, or purchase days (rfm.frequency)"),
        new("purchase_days", ColumnType.Int, "days that came to more than zero; a model's repeat purchases are one less"),
        new("monetary", ColumnType.Money, "net spend, in the orders' currency"),
        new("avg_order_value", ColumnType.Money, "monetary / frequency"),
        new("r", ColumnType.Int, "recency score, 1 to rfm.bins, the highest for the most recent"),
        new("f", ColumnType.Int, "frequency score, 1 to rfm.bins"),
        new("m", ColumnType.Int, "monetary score, 1 to rfm.bins"),
        new("rfm_cell", ColumnType.Text, "the scores as a code, such as 543; A stands for 10"),
        new("rfm_score", ColumnType.Decimal(9, 2), "weighted sum of r, f and m (rfm.weights)"),
        new("segment", ColumnType.Text, "segment of the cell in the legend (rfm.legend)"),
        new("cluster", ColumnType.Int, "cluster of the customer, 1 for the one that spends most on average (with clusters.outliers=leaveOut, of those that centres are fitted to)"),
        new("persona", ColumnType.Text, "the cluster's name (clusters.personas)"),
        new("silhouette", ColumnType.Double, "-1 to 1, with squared distances: near 1 is deep in its cluster, near 0 between two, below 0 nearer to another; NULL if there is one cluster"),
        new("is_outlier", ColumnType.Boolean, "whether too few customers lie within clusters.outlierRadius (clusters.outlierRadius, clusters.outlierWeight)"),
        new("composite_score", ColumnType.Double, "0 to 3: recency (inverted), frequency and monetary, each scaled to 0 to 1 over all customers, added"),
        new("quartile_score", ColumnType.Int, "3 to 12: quartiles of recency (inverted), frequency and monetary, added"),
        new("overall_score", ColumnType.Int, "0 to 9: natural classes (1-D k-means, k = 4) of recency, frequency and monetary, 0 to 3 each, added"),
        new("value_segment", ColumnType.Text, "value segment of overall_score"),
        new("sub_segment", ColumnType.Text, "sub-segment of overall_score"),
        new("p_alive", ColumnType.Double, "chance that the customer has not left, 0 to 1; NULL if the model does not tell (clv_model says why)"),
        new("expected_orders_3m", ColumnType.Double, "purchase days that the model expects in the next 3 months; NULL, as all up to clv_tier, if nobody has bought again"),
        new("expected_orders_12m", ColumnType.Double, "in the next 12 months"),
        new("expected_spend", ColumnType.Money, "money that the model expects of a purchase day"),
        new("clv_3m", ColumnType.Money, "expected purchases of the next 3 months, discounted month by month (clv.annualDiscount), × expected_spend × clv.margin"),
        new("clv_12m", ColumnType.Money, "of the next 12 months"),
        new("clv_12m_low", ColumnType.Money, "with clv_12m_high: a 90 % prediction interval of what the customer will bring in 12 months, "
            + "by chance in whether, how often and how much; from 0 if nothing at all is likelier than 5 %"),
        new("clv_12m_high", ColumnType.Money, "upper end; 0 if nothing at all is likelier than 90 %"),
        new("revenue_at_risk", ColumnType.Money, "(1 - p_alive) × net spend of the last 365 days; 0 if that is below zero, NULL if p_alive is"),
        new("clv_tier", ColumnType.Text, "Top, Big, Medium or Small by clv_12m (clv.tiers); customers of about the same value stay together"),
        new("priority", ColumnType.Int, "of the action, 1 for the most urgent"),
        new("action", ColumnType.Text, "what to do with the customer, by persona or segment (campaigns.by) and tier"),
        new("is_contacted", ColumnType.Boolean, "whether campaign_plan contacts the customer: it sends to the segment, and the action is not Suppress. "
            + "Where campaigns.budget pays for a part of these alone, those of the highest clv_12m"),
        new("previous_segment", ColumnType.Text, "segment before the present one, as far as earlier runs know, or, in a first run, the day one migration.lookback ago; NULL if there was none"),
        new("segment_since", ColumnType.Date, "the first of the days known from which the customer has been in its segment"),
    ]);

    /// <summary>Each segment, described.</summary>
    public static readonly Table SegmentSummary = new("segment_summary", "one row per as_of, scheme, segment and part with a customer", ["as_of"],
    [
        AsOf,
        new("scheme", ColumnType.Text, "the way to segment: rfm, persona, value_segment, sub_segment, clv_tier, persona_clv_tier, and, if orders.columns.store is named, store and store_rfm"),
        new("segment", ColumnType.Text, "the segment; the persona of persona_clv_tier; of store and store_rfm the store in which the customers have spent most"),
        new("part", ColumnType.Text, "the tier of persona_clv_tier, the segment of store_rfm; else NULL"),
        new("customers", ColumnType.Long, "customers in it"),
        new("share", ColumnType.Double, "of all customers of the scheme, 0 to 1; of the stores' those whose store is known"),
        new("revenue", ColumnType.Money, "sum of monetary"),
        new("revenue_share", ColumnType.Double, "of all their revenue; below 0 or above 1 if a segment's is negative; NULL if all comes to 0"),
        new("recency_mean", ColumnType.Double, "days"),
        new("recency_median", ColumnType.Double, "days"),
        new("frequency_mean", ColumnType.Double, "orders"),
        new("frequency_median", ColumnType.Double, "orders"),
        new("monetary_mean", ColumnType.Money, "money a customer"),
        new("monetary_median", ColumnType.Money, "money a customer"),
        new("avg_order_value", ColumnType.Money, "revenue / orders"),
        new("repeat_rate", ColumnType.Double, "share of its customers with more than one order, 0 to 1"),
        new("p_alive", ColumnType.Double, "mean chance that a customer has not left, 0 to 1; NULL if the model does not tell (clv_model)"),
        new("clv_3m", ColumnType.Money, "sum of its customers'"),
        new("clv_12m", ColumnType.Money, "sum of its customers'"),
        new("clv_12m_total_low", ColumnType.Money, "with clv_12m_total_high: a 95 % interval of what its customers together will bring in 12 months, "
            + "by their own chance and by the models' uncertain parameters; NULL if the models do not know either, or if the customers are too few for an interval"),
        new("clv_12m_total_high", ColumnType.Money, "upper end"),
        new("revenue_at_risk", ColumnType.Money, "sum of its customers'; NULL where p_alive is"),
    ]);

    /// <summary>How the scores of a day were cut.</summary>
    public static readonly Table ScoreBands = new("score_bands", "one row per as_of, scheme (score, quartile, class), measure and score", ["as_of"],
    [
        AsOf,
        new("scheme", ColumnType.Text, "score (1 to rfm.bins), quartile (1 to 4) or class (natural classes, 0 to 3)"),
        new("measure", ColumnType.Text, "recency, frequency or monetary"),
        new("score", ColumnType.Int, "the score; the higher the better, so recency's fall as the days rise"),
        new("least", ColumnType.Decimal(18, 2), "least value in the band; NULL if nobody is in it"),
        new("greatest", ColumnType.Decimal(18, 2), "greatest value in the band; NULL if nobody is in it"),
        new("upper_edge", ColumnType.Double, "edge to the band of higher values: type-7 quantile, threshold or break; NULL for the last"),
        new("customers", ColumnType.Long, "customers in the band"),
    ]);

    /// <summary>Each cluster, described.</summary>
    public static readonly Table ClusterProfile = new("cluster_profile", "one row per as_of and cluster", ["as_of"],
    [
        AsOf,
        CustomerSegments["cluster"],
        CustomerSegments["persona"],
        new("description", ColumnType.Text, "what its customers are like, beside those of the other clusters"),
        SegmentSummary["customers"],
        SegmentSummary["share"],
        SegmentSummary["revenue"],
        SegmentSummary["revenue_share"],
        SegmentSummary["recency_mean"],
        SegmentSummary["recency_median"],
        SegmentSummary["frequency_mean"],
        SegmentSummary["frequency_median"],
        SegmentSummary["monetary_mean"],
        SegmentSummary["monetary_median"],
        SegmentSummary["avg_order_value"],
        SegmentSummary["repeat_rate"],
        new("outliers", ColumnType.Long, "its customers with is_outlier"),
        new("silhouette", ColumnType.Double, "mean of its customers'; NULL if there is one cluster"),
        new("wcss", ColumnType.Double, "sum of squared distances of its customers in the fit from its centre, in scaled features"),
        new("stability", ColumnType.Double, "mean Jaccard similarity with the most similar cluster of each resample, 0 to 1; NULL if there is one cluster"),
        new("stability_bound", ColumnType.Text, "highly stable (from 0.85), valid (0.75), a pattern only (0.6), not to be trusted"),
        new("centre", ColumnType.Text, "its centre, feature → scaled value, as JSON"),
        new("distances", ColumnType.Text, "cluster → distance of its centre, in scaled features, as JSON"),
    ]);

    /// <summary>How the number of clusters was chosen.</summary>
    public static readonly Table ClusterChoice = new("cluster_choice", "one row per as_of and number of clusters that was tried", ["as_of"],
    [
        AsOf,
        new("k", ColumnType.Int, "clusters"),
        new("wcss", ColumnType.Double, "least sum of squared distances from the centres that was found on cells of customers, in scaled features"),
        new("wcss_drop", ColumnType.Double, "share by which it is below that of k - 1; NULL for 1, and after 0"),
        new("silhouette", ColumnType.Double, "mean silhouette of the cells with squared distances, -1 to 1; NULL for 1"),
        new("silhouette_euclidean", ColumnType.Double, "mean silhouette with distances, over every pair of customers; NULL for 1, and for more than 5,000 customers"),
        new("gap", ColumnType.Double, "gap statistic; NULL where wcss is 0"),
        new("gap_standard_error", ColumnType.Double, "of the gap"),
        new("stability", ColumnType.Double, "mean over the clusters of their Jaccard similarity under resampling, 0 to 1; NULL for 1"),
        new("stability_ari", ColumnType.Double, "mean adjusted Rand index with the clusters of the resamples; NULL for 1"),
        new("restarts_ari", ColumnType.Double, "mean adjusted Rand index of what the starts came to with the best of them; NULL for 1"),
        new("rules", ColumnType.Text, "the rules (clusters.choice) that take this k"),
        new("is_chosen", ColumnType.Boolean, "whether the run took it"),
        new("method", ColumnType.Text, "how the centres were moved (clusters.method); NULL but for the chosen k, as are the next five"),
        new("steps", ColumnType.Int, "steps over the customers after the start"),
        new("has_rested", ColumnType.Boolean, "whether the centres had ceased to move"),
        new("fit_wcss", ColumnType.Double, "sum of squared distances from the centres by the last pass over all customers in the fit"),
        new("excess", ColumnType.Double, "share by which fit_wcss is above wcss; below 0 if it is less"),
        new("note", ColumnType.Text, "what must be said of the clusters"),
    ]);

    /// <summary>How customers are scaled and compared.</summary>
    public static readonly Table ClusterFeatures = new("cluster_features", "one row per as_of and feature", ["as_of"],
    [
        AsOf,
        new("feature", ColumnType.Text, "the feature (clusters.features)"),
        new("scaling", ColumnType.Text, "clusters.scaling"),
        new("low", ColumnType.Double, "lower cap, in the feature's units"),
        new("high", ColumnType.Double, "upper cap"),
        new("capped_share", ColumnType.Double, "customers outside the caps, 0 to 1"),
        new("centre", ColumnType.Double, "taken from the capped feature (or its ln(1 + x)) …"),
        new("width", ColumnType.Double, "… which is then divided by this; 1 if all customers are equal, capped"),
        new("f_statistic", ColumnType.Double, "variance between the clusters over that within, as an effect size: clusters are made to differ, so it tests nothing; NULL if there is none within"),
        new("eta_squared", ColumnType.Double, "share of the feature's variance that lies between the clusters, 0 to 1; NULL if there is none"),
    ]);

    /// <summary>How many of those who began together still buy.</summary>
    public static readonly Table CohortRetention = new("cohort_retention", "one row per as_of, cohort, segment (and all of them) and period since, of those that are over", ["as_of"],
    [
        AsOf,
        new("cohort", ColumnType.Date, "first day of the month, week or quarter (cohorts.period) of the first purchase"),
        new("segment", ColumnType.Text, "segment of the customers as of as_of; NULL for all of them together"),
        new("period", ColumnType.Int, "periods since the cohort's own, which is 0; one that is not over at the end of as_of has no row"),
        new("customers", ColumnType.Long, "customers who began in the cohort's period"),
        new("active", ColumnType.Long, "those with a purchase in this period"),
        new("retention", ColumnType.Double, "active / customers, 0 to 1"),
        new("revenue", ColumnType.Money, "net spend of this period, from each customer's first purchase on, returns included"),
        new("revenue_per_customer", ColumnType.Money, "net spend from the first purchase to the end of this period, per customer of the cohort"),
    ]);

    /// <summary>Who moved from where to where.</summary>
    public static readonly Table SegmentMigration = new("segment_migration", "one row per as_of, scheme, cohort, from_segment and to_segment with a customer", ["as_of"],
    [
        AsOf,
        new("from_as_of", ColumnType.Date, "the day compared with, one migration.lookback before"),
        new("snapshot", ColumnType.Text, "where the customers of that day come from: published (the run as of it), or computed (from the orders, by the scores, clusters and models of this run)"),
        new("scheme", ColumnType.Text, "the way to segment: rfm, persona, value_segment, clv_tier"),
        new("cohort", ColumnType.Date, "first day of the month, week or quarter (cohorts.period) of the first purchase"),
        new("from_segment", ColumnType.Text, "segment on from_as_of; (new) for customers who had bought nothing yet; (unknown) for those without a tier then, but with one now"),
        new("to_segment", ColumnType.Text, "segment on as_of; (lost to view) for customers of whom the orders hold no purchase any more; (unknown) for those without a tier now, but with one then"),
        new("customers", ColumnType.Long, "customers"),
        new("rate", ColumnType.Double, "of the cohort's customers in from_segment, 0 to 1"),
        new("revenue", ColumnType.Money, "their monetary, as of as_of; as of from_as_of of those lost to view"),
    ]);

    /// <summary>Whose segment changed: to trigger what follows from it.</summary>
    public static readonly Table SegmentChanges = new("segment_changes", "one row per as_of and customer whose segment (rfm) is another than in the run before, or who is new", ["as_of"],
    [
        AsOf,
        new("from_as_of", ColumnType.Date, "the day compared with: of the run before, or, in a first run, one migration.lookback ago"),
        CustomerId,
        new("from_segment", ColumnType.Text, "segment on from_as_of; NULL for new customers"),
        new("to_segment", ColumnType.Text, "segment on as_of"),
        new("is_warning", ColumnType.Boolean, "whether a good customer begins to stay away: from a segment of \"high\" to one of \"atRisk\" in the legend"),
        CustomerSegments["clv_12m"],
        CustomerSegments["revenue_at_risk"],
    ]);

    /// <summary>What to watch.</summary>
    public static readonly Table SegmentMetrics = new("segment_metrics", "one row per as_of, scheme, segment and metric", ["as_of"],
    [
        AsOf,
        new("from_as_of", ColumnType.Date, "the day compared with, as in segment_migration: what follows is of its segments, and of the time since"),
        new("scheme", ColumnType.Text, "the way to segment: rfm; clv_tier for marketing_roi"),
        new("segment", ColumnType.Text, "segment of the customers on from_as_of; of marketing_roi the tier as of as_of; NULL for all together, of whom churn and reactivation are not told"),
        new("metric", ColumnType.Text, "churn (of the legend's high segments: share now in one of atRisk, or lost to view); "
            + "reactivation_rate and reactivated_order_value (of those atRisk: share who ordered since, and what such an order came to); "
            + "repeat_purchase_rate (share who ordered since), order_frequency (orders since, per customer), "
            + "average_order_value (what those with orders since have brought since, returns of earlier orders taken off, for each of these), "
            + "clv_growth (of the same customers' clv_12m; 0.1 is a tenth more); marketing_roi (of customers who came for known spend: their worth as margin / spend - 1)"),
        new("value", ColumnType.Double, "shares 0 to 1, orders, or money; NULL if there was no order, or no CLV, to tell"),
        new("customers", ColumnType.Long, "the customers it is of; NULL for marketing_roi"),
    ]);

    /// <summary>What channels bring and cost.</summary>
    public static readonly Table ChannelPerformance = new("channel_performance",
        "one row per as_of and channel, and one per channel and segment (rfm); empty if orders.columns.channel is not named", ["as_of"],
    [
        AsOf,
        new("channel", ColumnType.Text, "channel of the orders; (unknown) for lines without one"),
        new("segment", ColumnType.Text, "segment of the customers as of as_of; NULL for all of them together"),
        new("customers", ColumnType.Long, "customers who came through the channel: that of their first purchase day, and of several that of most money"),
        new("revenue", ColumnType.Money, "sum of their monetary, through whatever channel"),
        new("clv_12m", ColumnType.Money, "sum of theirs; NULL if it is not known"),
        new("months", ColumnType.Int, "months with spend in channels.spendFile that were over by as_of and began after the first order; the next six columns are of these, and NULL if there is none"),
        new("spend", ColumnType.Money, "money spent on the channel; of a segment by the customers who came, each having cost the same"),
        new("channel_revenue", ColumnType.Money, "net money that came in through the channel, of customers with a purchase, new and old"),
        new("roas", ColumnType.Double, "channel_revenue / spend"),
        new("new_customers", ColumnType.Long, "customers who came through the channel in these months"),
        new("cac", ColumnType.Money, "spend / new_customers"),
        new("clv_to_cac", ColumnType.Double, "margin of what the new customers have brought so far, and their clv_12m, / spend"),
        new("monthly_spend", ColumnType.Money, "mean of the last three whole months of the spend of any channel, since this one began; NULL by segment, as all that follows"),
        new("marginal_roas", ColumnType.Double, "revenue that one more unit a month would bring: the slope at monthly_spend of base + slope × √spend, "
            + "fitted to the months; NULL, as the next two, if that cannot be told (note)"),
        new("suggested_spend", ColumnType.Money, "money a month, after moving budget from channels below channels.targetRoas to those above, by at most channels.largestShift each"),
        new("suggested_share", ColumnType.Double, "of all suggested spend, 0 to 1"),
        new("note", ColumnType.Text, "what is unknown, and why"),
    ]);

    /// <summary>How segments answer to prices.</summary>
    public static readonly Table PriceSensitivity = new("price_sensitivity", "one row per as_of and segment (rfm), and one for all customers", ["as_of"],
    [
        AsOf,
        new("segment", ColumnType.Text, "segment of the customers as of as_of; NULL for all of them together"),
        new("orders", ColumnType.Long, "orders with a line of 0 or more, also free ones; NULL, as the next two, if orders.columns.discount is not named or no line up to as_of has a number there"),
        new("discount_share", ColumnType.Double, "of these orders, those with something taken off, 0 to 1; a line without a number in the column of orders.columns.discount is one at the full price"),
        new("discount_depth", ColumnType.Double, "share of the full price that was taken off, over the discounted lines, 0 to 1; NULL if nothing was"),
        new("lines", ColumnType.Long, "order lines of products bought twice or more in the segment; NULL, as the rest, if orders.columns names no product or quantity"),
        new("products", ColumnType.Long, "products of them whose price was not always the same"),
        new("elasticity", ColumnType.Double, "percent by which the quantity of a line changes when the price paid for one rises by one percent, within products; "
            + "NULL if there are too few lines or prices hardly varied. Offers for several at once count as low prices"),
        new("standard_error", ColumnType.Double, "of elasticity"),
        new("note", ColumnType.Text, "what is unknown, and why"),
    ]);

    /// <summary>What campaigns cost and are expected to bring.</summary>
    public static readonly Table CampaignPlan = new("campaign_plan", "one row per as_of and segment (campaigns.by) with a customer", ["as_of"],
    [
        AsOf,
        new("segment", ColumnType.Text, "persona, or segment of the legend"),
        new("actions", ColumnType.Text, "action → customers, as JSON"),
        new("contacts", ColumnType.Long, "customers to be contacted, whose action is not Suppress"),
        new("cost_per_contact", ColumnType.Decimal(18, 6), "of the campaigns file"),
        new("uplift", ColumnType.Decimal(9, 6), "share of those contacted who order because of it, 0 to 1; of the campaigns file"),
        new("order_value", ColumnType.Money, "money of such an order; of the campaigns file, or what an order of those to be contacted came to; NULL if that is nothing"),
        new("cost", ColumnType.Money, "contacts × cost_per_contact"),
        new("expected_conversions", ColumnType.Double, "contacts × uplift"),
        new("expected_revenue", ColumnType.Money, "expected_conversions × order_value"),
        new("roi", ColumnType.Double, "(expected_revenue × margin - cost) / cost, margin being that of what the segment has bought; 0.5 is 50 %; NULL if it costs nothing or order_value is NULL"),
        new("break_even_conversion", ColumnType.Double, "share of those contacted who must order for the cost to come in again, 0 to 1; "
            + "above 1 if not even all of them are enough; NULL if an order brings nothing, or order_value is NULL"),
        new("decision", ColumnType.Text, "send, or suppress where roi is under campaigns.minRoi, nothing is expected of it (order_value is NULL, or the uplift 0), "
            + "or nobody is to be contacted; what costs nothing is sent otherwise"),
        new("budgeted_contacts", ColumnType.Long, "contacts that campaigns.budget pays for, the greatest roi first"),
        new("budget", ColumnType.Money, "what they cost"),
    ]);

    /// <summary>The models of what customers will do.</summary>
    public static readonly Table ClvModel = new("clv_model", "one row per as_of and model", ["as_of"],
    [
        AsOf,
        new("model", ColumnType.Text, "NBD, BG/NBD, MBG/NBD, Pareto/NBD for purchases; Gamma-Gamma for spend"),
        new("customers", ColumnType.Long, "customers it was fitted to; Gamma-Gamma to those who bought again"),
        new("parameters", ColumnType.Text, "name → value, as JSON; times in weeks, money in the orders' currency"),
        new("standard_errors", ColumnType.Text, "name → standard error, as JSON; NULL if the likelihood has none"),
        new("log_likelihood", ColumnType.Double, "natural logarithm of the likelihood"),
        new("aic", ColumnType.Double, "Akaike's information criterion; the less the better, among the models of purchases"),
        new("bic", ColumnType.Double, "Bayesian information criterion, likewise"),
        new("held_out_error", ColumnType.Double, "by which share of what came its purchases were off in the weeks held out (clv_validation); 0.1 for a tenth too many; NULL if few came"),
        new("held_out_chance", ColumnType.Double, "how far off, either way, chance alone leaves that share in 95 of 100 such weeks if the model is right; NULL if held_out_error is"),
        new("has_converged", ColumnType.Boolean, "whether no step led to a greater likelihood"),
        new("is_chosen", ColumnType.Boolean, "whether customers are valued by it"),
        new("note", ColumnType.Text, "what must be said of it"),
    ]);

    /// <summary>What customers are expected to bring, further on.</summary>
    public static readonly Table CustomerHorizons = new("customer_horizons", "one row per as_of, customer with a purchase and horizon of clv.horizons; none if nobody has bought again", ["as_of"],
    [
        AsOf,
        CustomerId,
        new("horizon", ColumnType.Text, "months (6m) or weeks (26w) from as_of"),
        new("expected_orders", ColumnType.Double, "purchase days that the model expects up to then"),
        new("clv", ColumnType.Money, "those, discounted month by month (clv.annualDiscount), × expected spend × margin"),
    ]);

    /// <summary>What models fitted to the first part of the orders predicted of the rest.</summary>
    public static readonly Table ClvValidation = new("clv_validation", "one row per as_of, model, view and bin; empty if nothing could be held out", ["as_of"],
    [
        AsOf,
        new("fitted_until", ColumnType.Date, "last day of what the models were fitted to here (clv.calibration); in clv_model they are fitted to all"),
        new("weeks", ColumnType.Int, "weeks held out, from the day after to as_of"),
        new("model", ColumnType.Text, "model of purchases; all for purchases and purchases_by_repeats, the chosen one for the rest"),
        new("view", ColumnType.Text, "purchases, purchases_by_repeats, purchases_by_week, spend, spend_by_decile or spend_gini"),
        new("bin", ColumnType.Int, "repeats up to fitted_until (7: 7 or more), week from 1, or tenth of the customers from 1 for the highest predicted; else NULL"),
        new("customers", ColumnType.Double, "customers in the bin; with equal predictions a customer counts in part to two tenths"),
        new("predicted", ColumnType.Double, "purchase days, or money of them, predicted; for spend_gini the Gini coefficient of what came, ranked by prediction"),
        new("actual", ColumnType.Double, "what came; for spend_gini the greatest coefficient that a ranking could have"),
    ]);

    /// <summary>Why records were rejected.</summary>
    public static readonly Table OrdersRejected = new("orders_rejected", "one row per as_of, reason and sample (up to 1,000 whole records of each reason)", ["as_of"],
    [
        AsOf,
        Reason,
        new("lines", ColumnType.Long, "all records of this reason"),
        new("sample", ColumnType.Int, "1 to 1,000 in a fixed order; 0 alone where records were only counted"),
        Source,
        Content,
    ]);

    /// <summary>The runs themselves.</summary>
    public static readonly Table Runs = new("runs", "one row per as_of: the run that made its tables, written last, so that a run in it is complete", ["as_of"],
    [
        AsOf,
        new("run", ColumnType.Long, "number of the run: milliseconds since 1970 at its start"),
        new("engine", ColumnType.Text, "engine and its version"),
        new("program", ColumnType.Text, "this program's version"),
        new("orders", ColumnType.Text, "paths of the orders, as JSON"),
        new("configuration", ColumnType.Text, "every setting of the run, as JSON"),
        new("rows_in", ColumnType.Long, "records in the orders' files: rows_kept + rows_rejected"),
        new("rows_kept", ColumnType.Long, "order lines up to as_of"),
        new("rows_rejected", ColumnType.Long, "records that are none, or are dated after as_of"),
        new("rows_repeated", ColumnType.Long, "lines up to as_of, kept though they are equal to another in every column"),
        new("customers", ColumnType.Long, "customers with a purchase, all in customer_segments"),
        new("customers_without_purchase", ColumnType.Long, "customers whose lines come to no purchase, such as returns alone"),
        new("revenue", ColumnType.Money, "sum of monetary"),
        new("seconds", ColumnType.Text, "seconds of each stage up to publishing, as JSON"),
        new("table_versions", ColumnType.Text, "version of each Delta table with this run's rows, as JSON"),
        new("forgotten", ColumnType.Long, "customers that forget has taken out of customer_segments since; 0 if only records of orders_rejected named them; "
            + "NULL if the run's rows are as they were published"),
    ]);

    /// <summary>What a run publishes, in the order in which it does.</summary>
    public static readonly IReadOnlyList<Table> Published =
    [
        CustomerSegments, SegmentSummary, ClusterProfile, ClusterChoice, ClusterFeatures, CohortRetention,
        SegmentMigration, SegmentChanges, SegmentMetrics, ChannelPerformance, PriceSensitivity, CampaignPlan,
        CustomerHorizons, ClvModel, ClvValidation, ScoreBands, OrdersRejected, Runs
    ];

    /// <summary>Who gets what in each experiment. Made by <c>experiment assign</c>, not by a run.</summary>
    public static readonly Table Experiments = new("experiments", "one row per experiment and customer in it; an experiment is assigned once, and stays", ["as_of", "experiment"],
    [
        AsOf,
        new("experiment", ColumnType.Text, "the experiment's name"),
        CustomerId,
        new("segment", ColumnType.Text, "segment of the customer on as_of: its stratum"),
        new("arm", ColumnType.Text, "what the customer gets; control for those who are left alone"),
        new("share", ColumnType.Double, "of the customers that the arm was to have, 0 to 1"),
    ]);

    /// <summary>What each experiment can show.</summary>
    public static readonly Table ExperimentPower = new("experiment_power", "one row per experiment, segment (if there are several) and arm beside the control", ["as_of", "experiment"],
    [
        AsOf,
        Experiments["experiment"],
        new("segment", ColumnType.Text, "NULL for all together"),
        Experiments["arm"],
        new("customers", ColumnType.Long, "customers of the arm"),
        new("control_customers", ColumnType.Long, "customers of the control"),
        new("days", ColumnType.Int, "how long outcomes are counted (--days)"),
        new("baseline", ColumnType.Double, "share of customers who would buy in that time if left alone, 0 to 1: --baseline, else by the model that the customers were valued by; "
            + "0.5, at which most customers are needed, if nothing is expected"),
        new("conversion_uplift", ColumnType.Double, "least uplift of that share, 0 to 1, that is shown with 80 % power, two-sided at 5 %, before correction for several arms; NULL if none would be"),
        new("mean_uplift", ColumnType.Double, "likewise of a mean such as revenue, in standard deviations of it"),
    ]);

    /// <summary>What <c>experiment assign</c> publishes, in the order in which it does.</summary>
    public static readonly IReadOnlyList<Table> OfExperiments = [ExperimentPower, Experiments];

    /// <summary>Every table that may lie under --out.</summary>
    public static readonly IReadOnlyList<Table> All = [.. Published, .. OfExperiments];

    /// <summary>Those of them that name customers: by a column, or in whole records of the orders.</summary>
    public static readonly IReadOnlyList<Table> OfCustomers = [.. All.Where(t => t.Has(CustomerId.Name) || t.Has(Content.Name))];
}
