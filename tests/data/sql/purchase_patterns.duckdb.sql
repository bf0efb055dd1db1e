-- purchase_patterns: how many customers have each history of purchases. Models are fitted to these counts.
-- grain   one row per history
-- reads   customer_summary
-- units   days: to the last purchase and to :as_of, from the first one
SELECT
    purchase_days - 1 AS repeats,
    CAST(date_diff('day', first_order, last_order) AS INTEGER) AS last_day,
    CAST(date_diff('day', first_order, DATE '2026-01-31') AS INTEGER) AS days,
    CAST(COUNT(*) AS BIGINT) AS customers
FROM customer_summary
WHERE frequency > 0
GROUP BY purchase_days, date_diff('day', first_order, last_order), date_diff('day', first_order, DATE '2026-01-31')
