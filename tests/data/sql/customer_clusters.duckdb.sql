-- customer_clusters: each customer with its scores and its cluster, the one whose centre is nearest.
-- grain   one row per customer with a purchase
-- reads   customer_features, final_centroids (one row), outlier_cells
-- units   silhouette -1 to 1 with squared distances; 0 for a customer alone in its cluster, NULL if there is one cluster
SELECT
    customer_id,
    first_order,
    last_order,
    recency_days,
    frequency,
    monetary,
    purchase_days,
    repeat_spend,
    year_spend,
    r,
    f,
    m,
    quartile_score,
    overall_score,
    composite_score,
    cluster,
    CASE WHEN other IS NULL THEN NULL WHEN own IS NULL OR GREATEST(own, other) = 0 THEN CAST(0 AS DOUBLE) ELSE (other - own) / GREATEST(own, other) END AS silhouette,
    is_outlier
FROM (
    SELECT
        customer_id, first_order, last_order, recency_days, frequency, monetary, purchase_days, repeat_spend, year_spend, r, f, m, quartile_score, overall_score, composite_score,
        cluster,
        <own> AS own,
        <other> AS other,
        is_outlier
    FROM (
        SELECT
            customer_id, first_order, last_order, recency_days, frequency, monetary, purchase_days, repeat_spend, year_spend, r, f, m, quartile_score, overall_score, composite_score,
            <means>,
            <label> + 1 AS cluster,
            outlier_cells.key1 IS NOT NULL AS is_outlier
        FROM (
            SELECT
                /*+ BROADCAST(final_centroids) */ customer_id, first_order, last_order, recency_days, frequency, monetary, purchase_days, repeat_spend, year_spend, r, f, m, quartile_score, overall_score, composite_score,
                <distances>,
                <mean_distances>,
                <cut>
            FROM customer_features
            CROSS JOIN final_centroids
        ) AS cut
        LEFT JOIN outlier_cells ON <same_cell>
    ) AS labelled
) AS compared
