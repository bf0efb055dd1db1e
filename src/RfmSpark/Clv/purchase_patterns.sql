-- purchase_patterns: how many customers have each history of purchases. Models are fitted to these counts.
-- grain   one row per history
-- reads   customer_summary
-- units   days: to the last purchase and to :as_of, from the first one
SELECT
    purchase_days - 1 AS repeats,
    CAST({{days_between(first_order, last_order)}} AS INTEGER) AS last_day,
    CAST({{days_between(first_order, :as_of)}} AS INTEGER) AS days,
    CAST(COUNT(*) AS BIGINT) AS customers
FROM customer_summary
WHERE frequency > 0
GROUP BY purchase_days, {{days_between(first_order, last_order)}}, {{days_between(first_order, :as_of)}}
