-- spend_patterns: how many customers with repeat purchases came to about the same spend with as many.
-- grain   one row per number of repeats and amount; where there are many customers, per cell of amounts that differ by at most a thousandth
-- reads   customer_histories
-- units   money
SELECT
    repeats,
    CAST(COUNT(*) AS BIGINT) AS customers,
    CAST(SUM(repeat_spend) AS DECIMAL(18, 2)) AS spend
FROM customer_histories
WHERE repeats > 0
GROUP BY repeats, <cell>
