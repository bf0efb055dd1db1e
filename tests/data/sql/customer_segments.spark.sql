-- customer_segments: each customer with scores and segments, as published.
-- grain   one row per as_of and customer with a purchase on or before as_of
-- reads   segmented_customers
-- units   recency whole days; frequency orders; money in the client's currency
SELECT
    as_of,
    customer_id,
    first_order,
    last_order,
    recency_days,
    frequency,
    monetary,
    avg_order_value,
    r,
    f,
    m,
    rfm_cell,
    rfm_score,
    segment,
    cluster,
    persona,
    silhouette,
    is_outlier,
    composite_score,
    quartile_score,
    overall_score,
    value_segment,
    sub_segment,
    p_alive,
    expected_orders_3m,
    expected_orders_12m,
    expected_spend,
    clv_3m,
    clv_12m,
    clv_12m_low,
    clv_12m_high,
    revenue_at_risk,
    clv_tier
FROM segmented_customers
