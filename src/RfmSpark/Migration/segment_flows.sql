-- segment_flows: what the customers of each segment of the earlier day have done since, by where they are now.
-- grain   one row per segment on the earlier day and segment now
-- reads   customer_moves
-- units   those of customer_moves
SELECT
    from_segment,
    to_segment,
    CAST(SUM(customers) AS BIGINT) AS customers,
    CAST(SUM(buyers) AS BIGINT) AS buyers,
    CAST(SUM(orders) AS BIGINT) AS orders,
    CAST(SUM(spent) AS DECIMAL(18, 2)) AS spent,
    CAST(SUM(clv_before) AS DECIMAL(18, 2)) AS clv_before,
    CAST(SUM(clv_after) AS DECIMAL(18, 2)) AS clv_after
FROM customer_moves
WHERE from_segment <> '(new)'
GROUP BY from_segment, to_segment
