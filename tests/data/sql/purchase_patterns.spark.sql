-- purchase_patterns: how many customers have each history of purchases. Models are fitted to these counts.
-- grain   one row per history
-- reads   customer_summary
-- units   days: to the last purchase and to :as_of, from the first one
SELECT
    purchase_days - 1 AS repeats,
    CAST(CAST(datediff(last_order, first_order) AS BIGINT) AS INTEGER) AS last_day,
    CAST(CAST(datediff(DATE '2026-01-31', first_order) AS BIGINT) AS INTEGER) AS days,
    CAST(COUNT(*) AS BIGINT) AS customers
FROM customer_summary
WHERE frequency > 0
GROUP BY purchase_days, CAST(datediff(last_order, first_order) AS BIGINT), CAST(datediff(DATE '2026-01-31', first_order) AS BIGINT)
