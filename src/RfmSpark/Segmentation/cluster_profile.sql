-- cluster_profile: each cluster, described.
-- grain   one row per as_of and cluster
-- reads   cluster_facts, segment_summary (scheme persona), segmented_customers
-- units   shares 0 to 1; recency days; money in the client's currency; distances in scaled features
SELECT
    :as_of AS as_of,
    fact.cluster,
    fact.persona,
    fact.description,
    summary.customers,
    summary.share,
    summary.revenue,
    summary.revenue_share,
    summary.recency_mean,
    summary.recency_median,
    summary.frequency_mean,
    summary.frequency_median,
    summary.monetary_mean,
    summary.monetary_median,
    summary.avg_order_value,
    summary.repeat_rate,
    seated.outliers,
    seated.silhouette,
    fact.wcss,
    fact.stability,
    fact.stability_bound,
    fact.centre,
    fact.distances
FROM cluster_facts AS fact
INNER JOIN segment_summary AS summary ON summary.scheme = 'persona' AND summary.segment = fact.persona
INNER JOIN (
    SELECT cluster, CAST(SUM(CASE WHEN is_outlier THEN 1 ELSE 0 END) AS BIGINT) AS outliers, CAST(AVG(silhouette) AS DOUBLE) AS silhouette
    FROM segmented_customers
    GROUP BY cluster
) AS seated ON seated.cluster = fact.cluster
