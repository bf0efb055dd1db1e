-- segment_changes: the customers whose segment is another than that of the day compared with.
-- grain   one row per as_of and customer who changed, or came
-- reads   segmented_customers, last_segments, segment_grades (segment → grade, high or at risk)
-- units   clv_12m in the client's currency
SELECT
    DATE '2026-01-31' AS as_of,
    DATE '2026-02-01' AS from_as_of,
    customer.customer_id,
    last_one.segment AS from_segment,
    customer.segment AS to_segment,
    COALESCE(before.grade = 'high' AND after.grade = 'at risk', FALSE) AS is_warning,
    customer.clv_12m,
    customer.revenue_at_risk
FROM segmented_customers AS customer
LEFT JOIN last_segments AS last_one ON customer.customer_id = last_one.customer_id
LEFT JOIN segment_grades AS before ON last_one.segment = before.segment
LEFT JOIN segment_grades AS after ON customer.segment = after.segment
WHERE last_one.segment IS NULL OR last_one.segment <> customer.segment
