-- purchase_patterns: how many customers have each history of purchases. Models are fitted to these counts.
-- grain   one row per history
-- reads   customer_histories
-- units   days, from the first purchase
SELECT
    repeats,
    last_day,
    days,
    CAST(COUNT(*) AS BIGINT) AS customers,
    CAST(SUM(CAST(purchases_after AS BIGINT)) AS BIGINT) AS purchases_after
FROM customer_histories
GROUP BY repeats, last_day, days
