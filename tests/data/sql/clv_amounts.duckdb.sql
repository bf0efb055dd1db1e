-- clv_amounts: how many customers have about the same clv_12m. The cuts between tiers come from these counts.
-- grain   one row per cell of clv_12m, as the cells of spend_patterns
-- reads   customer_values
-- units   money
SELECT
    MAX(clv_12m) AS highest,
    CAST(COUNT(*) AS BIGINT) AS customers
FROM customer_values
WHERE clv_12m IS NOT NULL
GROUP BY <cell>
