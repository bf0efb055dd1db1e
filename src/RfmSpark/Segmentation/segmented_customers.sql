-- segmented_customers: each customer with scores and segments, and what totals over customers need.
-- grain   one row per as_of and customer with a purchase on or before as_of
-- reads   customer_values, cluster_facts (cluster → persona), legend_cells (r, f, m → cell, segment), overall_segments (overall_score → value_segment, sub_segment)
-- units   recency whole days; frequency orders; money in the client's currency
SELECT
    :as_of AS as_of,
    score.customer_id,
    score.first_order,
    score.last_order,
    score.recency_days,
    score.frequency,
    score.purchase_days,
    score.monetary,
    {{money_per(score.monetary, score.frequency)}} AS avg_order_value,
    cell.r,
    cell.f,
    cell.m,
    cell.rfm_cell,
    cell.rfm_score,
    cell.segment,
    score.cluster,
    fact.persona,
    score.silhouette,
    score.is_outlier,
    score.composite_score,
    CAST(score.quartile_score AS INTEGER) AS quartile_score,
    overall.overall_score,
    overall.value_segment,
    overall.sub_segment,
    score.p_alive,
    score.expected_orders_3m,
    score.expected_orders_12m,
    score.expected_spend,
    score.clv_3m,
    score.clv_12m,
    score.clv_12m_low,
    score.clv_12m_high,
    score.revenue_at_risk,
    CASE WHEN score.clv_12m IS NULL THEN NULL
        ELSE CASE {{count_above(score.clv_12m, :tier_cuts)}} WHEN 0 THEN 'Small' WHEN 1 THEN 'Medium' WHEN 2 THEN 'Big' ELSE 'Top' END
    END AS clv_tier,
    score.margin,
    score.clv_variance,
    score.clv_moves_1,
    score.clv_moves_2,
    score.clv_moves_3,
    score.clv_moves_4,
    score.clv_moves_5,
    score.clv_moves_6
FROM customer_values AS score
INNER JOIN cluster_facts AS fact ON score.cluster = fact.cluster
INNER JOIN legend_cells AS cell ON score.r = cell.r AND score.f = cell.f AND score.m = cell.m
INNER JOIN overall_segments AS overall ON score.overall_score = overall.overall_score
