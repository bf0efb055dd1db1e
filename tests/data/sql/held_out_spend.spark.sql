-- held_out_spend: what customers were predicted to spend after the fit, beside what they did.
-- grain   one row per cell of the amount that customers are ranked by, as the cells of spend_patterns
-- reads   customer_histories, held_out_patterns
-- units   money
SELECT
    CAST(COUNT(*) AS BIGINT) AS customers,
    CAST(SUM(predicted) AS DECIMAL(18, 2)) AS predicted,
    CAST(SUM(spend_after) AS DECIMAL(18, 2)) AS actual
FROM (
    SELECT /*+ SHUFFLE_HASH(held_out_patterns) */
        CAST(CAST(floor(expected * (CAST('2.5' AS DOUBLE) + CAST(repeat_spend AS DOUBLE)) * CAST('2.5' AS DOUBLE) / ((CAST('2.5' AS DOUBLE) * CAST(customer_histories.repeats AS DOUBLE)) + CAST('2.5' AS DOUBLE) - CAST(1 AS DOUBLE)) * 100 + 0.5) AS BIGINT) * CAST(0.01 AS DECIMAL(3,2)) AS DECIMAL(18,2)) AS predicted,
        spend_after
    FROM customer_histories
    INNER JOIN held_out_patterns
        ON held_out_patterns.repeats = customer_histories.repeats
        AND held_out_patterns.last_day = customer_histories.last_day
        AND held_out_patterns.days = customer_histories.days
) AS ranked
GROUP BY <cell>
