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
    {{money_of(CASE WHEN expected_orders_12m IS NOT NULL THEN scale * per_scale END)}} AS expected_spend,
    {{money_of(discounted_3m * scale * per_scale * margin)}} AS clv_3m,
    {{money_of(discounted_12m * scale * per_scale * margin)}} AS clv_12m,
    {{money_of(low_12m * scale * margin)}} AS clv_12m_low,
    {{money_of(high_12m * scale * margin)}} AS clv_12m_high,
    {{money_of((1 - p_alive) * CAST(CASE WHEN year_spend > 0 THEN year_spend ELSE 0 END AS DOUBLE))}} AS revenue_at_risk,
    margin,
    chance_12m * scale * margin * scale * margin AS clv_variance,
    moves_1 * scale * per_scale * margin AS clv_moves_1,
    moves_2 * scale * per_scale * margin AS clv_moves_2,
    moves_3 * scale * per_scale * margin AS clv_moves_3,
    moves_4 * scale * per_scale * margin AS clv_moves_4,
    discounted_12m * per_scale * (:first * scale * per_scale + :second) * margin AS clv_moves_5,
    discounted_12m * per_scale * :third * margin AS clv_moves_6
FROM (
    SELECT {{join_hint}}
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
        COALESCE(customer_margins.margin, :margin) AS margin,
        :gamma + CAST(repeat_spend AS DOUBLE) AS scale,
        :p / ((:p * CAST(purchase_days - 1 AS DOUBLE)) + :q - CAST(1 AS DOUBLE)) AS per_scale
    FROM customer_clusters
    INNER JOIN clv_patterns
        ON clv_patterns.repeats = purchase_days - 1
        AND clv_patterns.last_day = {{days_between(first_order, last_order)}}
        AND clv_patterns.days = {{days_between(first_order, :as_of)}}
    LEFT JOIN customer_margins ON customer_margins.customer_id = customer_clusters.customer_id
) AS valued
