-- customer_segments: each customer with scores and segments, as published.
-- grain   one row per as_of and customer with a purchase on or before as_of
-- reads   segmented_customers, campaign_cells (by persona if :by_persona, else by segment), contact_places, last_segments (of the day compared with)
-- units   recency whole days; frequency orders; money in the client's currency
SELECT
    customer.as_of,
    customer.customer_id,
    customer.first_order,
    customer.last_order,
    customer.recency_days,
    customer.frequency,
    customer.purchase_days,
    customer.monetary,
    customer.avg_order_value,
    customer.r,
    customer.f,
    customer.m,
    customer.rfm_cell,
    customer.rfm_score,
    customer.segment,
    customer.cluster,
    customer.persona,
    customer.silhouette,
    customer.is_outlier,
    customer.composite_score,
    customer.quartile_score,
    customer.overall_score,
    customer.value_segment,
    customer.sub_segment,
    customer.p_alive,
    customer.expected_orders_3m,
    customer.expected_orders_12m,
    customer.expected_spend,
    customer.clv_3m,
    customer.clv_12m,
    customer.clv_12m_low,
    customer.clv_12m_high,
    customer.revenue_at_risk,
    customer.clv_tier,
    cell.priority,
    cell.action,
    cell.most_contacts IS NULL OR COALESCE(turn.place <= cell.most_contacts, FALSE) AS is_contacted,
    CASE WHEN last_one.segment = customer.segment THEN last_one.previous_segment ELSE last_one.segment END AS previous_segment,
    CASE WHEN last_one.segment = customer.segment THEN last_one.segment_since ELSE customer.as_of END AS segment_since
FROM segmented_customers AS customer
INNER JOIN campaign_cells AS cell
    ON cell.segment = CASE WHEN :by_persona THEN customer.persona ELSE customer.segment END
    AND cell.tier = COALESCE(customer.clv_tier, 'Small')
LEFT JOIN contact_places AS turn ON customer.customer_id = turn.customer_id
LEFT JOIN last_segments AS last_one ON customer.customer_id = last_one.customer_id
