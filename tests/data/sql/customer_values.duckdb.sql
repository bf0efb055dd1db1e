-- customer_values: each customer with its scores, its cluster and what it is expected to bring.
-- grain   one row per customer with a purchase
-- reads   customer_clusters, clv_patterns, customer_margins
-- units   money in the client's currency; margin share of spend; NULL where the data holds no answer
SELECT
    customer_id,
    first_order,
    last_order,
    recency_days,
    frequency,
    monetary,
    purchase_days,
    r,
    f,
    m,
    quartile_score,
    overall_score,
    composite_score,
    cluster,
    silhouette,
    is_outlier,
    p_alive,
    expected_orders_3m,
    expected_orders_12m,
    CAST(CAST(floor(CASE WHEN expected_orders_12m IS NOT NULL THEN scale * per_scale END * 100 + 0.5) AS BIGINT) * CAST(0.01 AS DECIMAL(3,2)) AS DECIMAL(18,2)) AS expected_spend,
    CAST(CAST(floor(discounted_3m * scale * per_scale * margin * 100 + 0.5) AS BIGINT) * CAST(0.01 AS DECIMAL(3,2)) AS DECIMAL(18,2)) AS clv_3m,
    CAST(CAST(floor(discounted_12m * scale * per_scale * margin * 100 + 0.5) AS BIGINT) * CAST(0.01 AS DECIMAL(3,2)) AS DECIMAL(18,2)) AS clv_12m,
    CAST(CAST(floor(low_12m * scale * margin * 100 + 0.5) AS BIGINT) * CAST(0.01 AS DECIMAL(3,2)) AS DECIMAL(18,2)) AS clv_12m_low,
    CAST(CAST(floor(high_12m * scale * margin * 100 + 0.5) AS BIGINT) * CAST(0.01 AS DECIMAL(3,2)) AS DECIMAL(18,2)) AS clv_12m_high,
    CAST(CAST(floor((1 - p_alive) * CAST(CASE WHEN year_spend > 0 THEN year_spend ELSE 0 END AS DOUBLE) * 100 + 0.5) AS BIGINT) * CAST(0.01 AS DECIMAL(3,2)) AS DECIMAL(18,2)) AS revenue_at_risk,
    margin,
    chance_12m * scale * margin * scale * margin AS clv_variance,
    moves_1 * scale * per_scale * margin AS clv_moves_1,
    moves_2 * scale * per_scale * margin AS clv_moves_2,
    moves_3 * scale * per_scale * margin AS clv_moves_3,
    moves_4 * scale * per_scale * margin AS clv_moves_4,
    discounted_12m * per_scale * (CAST('2.5' AS DOUBLE) * scale * per_scale + CAST('2.5' AS DOUBLE)) * margin AS clv_moves_5,
    discounted_12m * per_scale * CAST('2.5' AS DOUBLE) * margin AS clv_moves_6
FROM (
    SELECT <join_hint>
        customer_clusters.customer_id, first_order, last_order, recency_days, frequency, monetary, purchase_days, year_spend, r, f, m, quartile_score, overall_score, composite_score, cluster, silhouette, is_outlier,
        p_alive,
        expected_orders_3m,
        expected_orders_12m,
        discounted_3m,
        discounted_12m,
        low_12m,
        high_12m,
        chance_12m,
        moves_1,
        moves_2,
        moves_3,
        moves_4,
        COALESCE(customer_margins.margin, CAST('2.5' AS DOUBLE)) AS margin,
        CAST('2.5' AS DOUBLE) + CAST(repeat_spend AS DOUBLE) AS scale,
        CAST('2.5' AS DOUBLE) / ((CAST('2.5' AS DOUBLE) * CAST(purchase_days - 1 AS DOUBLE)) + CAST('2.5' AS DOUBLE) - CAST(1 AS DOUBLE)) AS per_scale
    FROM customer_clusters
    INNER JOIN clv_patterns
        ON clv_patterns.repeats = purchase_days - 1
        AND clv_patterns.last_day = date_diff('day', first_order, last_order)
        AND clv_patterns.days = date_diff('day', first_order, DATE '2026-01-31')
    LEFT JOIN customer_margins ON customer_margins.customer_id = customer_clusters.customer_id
) AS valued
