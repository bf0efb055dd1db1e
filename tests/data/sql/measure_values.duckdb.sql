-- measure_values: how many customers have each recency, frequency and monetary value. All cut points come from these counts.
-- grain   one row per measure and value
-- reads   customer_summary
-- units   recency in days, frequency in orders, monetary in money
SELECT
    'recency' AS measure,
    CAST(recency_days AS DECIMAL(18, 2)) AS amount,
    CAST(COUNT(*) AS BIGINT) AS customers
FROM customer_summary
WHERE frequency > 0
GROUP BY recency_days
UNION ALL
SELECT
    'frequency' AS measure,
    CAST(frequency AS DECIMAL(18, 2)) AS amount,
    CAST(COUNT(*) AS BIGINT) AS customers
FROM customer_summary
WHERE frequency > 0
GROUP BY frequency
UNION ALL
SELECT
    'monetary' AS measure,
    monetary AS amount,
    CAST(COUNT(*) AS BIGINT) AS customers
FROM customer_summary
WHERE frequency > 0
GROUP BY monetary
