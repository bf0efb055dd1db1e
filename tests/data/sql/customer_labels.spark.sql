-- customer_labels: each customer of another day with its scores and the cluster whose centre is nearest.
-- grain   one row per customer with a purchase
-- reads   customer_features, final_centroids (one row)
-- units   those of customer_scores
SELECT
    customer_id,
    first_order,
    last_order,
    frequency,
    monetary,
    purchase_days,
    repeat_spend,
    r,
    f,
    m,
    overall_score,
    <label> + 1 AS cluster
FROM (
    SELECT
        /*+ BROADCAST(final_centroids) */ customer_id, first_order, last_order, frequency, monetary, purchase_days, repeat_spend, r, f, m, overall_score,
        <distances>
    FROM customer_features
    CROSS JOIN final_centroids
) AS placed
