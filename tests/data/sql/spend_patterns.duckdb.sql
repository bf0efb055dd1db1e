-- spend_patterns: how many customers with repeat purchases came to about the same spend with as many.
-- grain   one row per number of repeats and amount; where there are many customers, per cell of amounts that differ by at most a thousandth
-- reads   customer_summary
-- units   money
SELECT
    purchase_days - 1 AS repeats,
    CAST(COUNT(*) AS BIGINT) AS customers,
    CAST(SUM(repeat_spend) AS DECIMAL(18, 2)) AS spend
FROM customer_summary
WHERE purchase_days > 1
GROUP BY purchase_days, <cell>
