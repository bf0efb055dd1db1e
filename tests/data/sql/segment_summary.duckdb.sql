-- segment_summary: each segment of each way to segment, described.
-- grain   one row per as_of, scheme (rfm, persona, value_segment, sub_segment, clv_tier) and segment with a customer
-- reads   customer_segments
-- units   shares 0 to 1; recency days; money in the client's currency; repeat_rate is the share of customers with more than one order
SELECT
    DATE '2026-01-31' AS as_of,
    scheme,
    segment,
    customers,
    CAST(customers AS DOUBLE) / CAST(SUM(customers) OVER (PARTITION BY scheme) AS DOUBLE) AS share,
    revenue,
    CAST(revenue AS DOUBLE) / NULLIF(CAST(SUM(revenue) OVER (PARTITION BY scheme) AS DOUBLE), CAST(0 AS DOUBLE)) AS revenue_share,
    CAST(days AS DOUBLE) / CAST(customers AS DOUBLE) AS recency_mean,
    recency_median,
    CAST(orders AS DOUBLE) / CAST(customers AS DOUBLE) AS frequency_mean,
    frequency_median,
    CAST(sign(revenue) * ((2 * abs(CAST(revenue * 100 AS BIGINT)) + (customers)) // (2 * (customers))) * CAST(0.01 AS DECIMAL(3,2)) AS DECIMAL(18,2)) AS monetary_mean,
    CAST(CAST(cents_median AS DECIMAL(18, 1)) * CAST(0.01 AS DECIMAL(3, 2)) AS DECIMAL(18, 2)) AS monetary_median,
    CAST(sign(revenue) * ((2 * abs(CAST(revenue * 100 AS BIGINT)) + (orders)) // (2 * (orders))) * CAST(0.01 AS DECIMAL(3,2)) AS DECIMAL(18,2)) AS avg_order_value,
    CAST(repeaters AS DOUBLE) / CAST(customers AS DOUBLE) AS repeat_rate,
    CAST(alive AS DOUBLE) / NULLIF(CAST(known AS DOUBLE), CAST(0 AS DOUBLE)) AS p_alive,
    clv_3m,
    clv_12m,
    revenue_at_risk
FROM (
    SELECT
        CASE WHEN GROUPING(segment) = 0 THEN 'rfm' WHEN GROUPING(persona) = 0 THEN 'persona' WHEN GROUPING(value_segment) = 0 THEN 'value_segment' WHEN GROUPING(sub_segment) = 0 THEN 'sub_segment' ELSE 'clv_tier' END AS scheme,
        COALESCE(segment, persona, value_segment, sub_segment, clv_tier) AS segment,
        CAST(COUNT(*) AS BIGINT) AS customers,
        CAST(SUM(monetary) AS DECIMAL(18, 2)) AS revenue,
        CAST(SUM(CAST(recency_days AS BIGINT)) AS BIGINT) AS days,
        CAST(SUM(CAST(frequency AS BIGINT)) AS BIGINT) AS orders,
        CAST(SUM(CASE WHEN frequency > 1 THEN 1 ELSE 0 END) AS BIGINT) AS repeaters,
        SUM(CAST(p_alive AS DECIMAL(12, 10))) AS alive,
        COUNT(p_alive) AS known,
        CAST(SUM(clv_3m) AS DECIMAL(18, 2)) AS clv_3m,
        CAST(SUM(clv_12m) AS DECIMAL(18, 2)) AS clv_12m,
        CAST(SUM(revenue_at_risk) AS DECIMAL(18, 2)) AS revenue_at_risk,
        median(recency_days) AS recency_median,
        median(frequency) AS frequency_median,
        median(CAST(monetary * 100 AS BIGINT)) AS cents_median
    FROM customer_segments
    GROUP BY GROUPING SETS ((segment), (persona), (value_segment), (sub_segment), (clv_tier))
) AS grouped
WHERE segment IS NOT NULL
