-- experiment_sums: the outcomes of each arm, added up. All tests are made from these.
-- grain   one row per segment, arm and outcome
-- reads   experiment_outcomes
-- note    sums are exact in decimals, so that they are the same in every order; only what they come to is a double
-- units   others are values that are neither 0 nor 1; squares and products in the square of the outcome's unit
SELECT
    segment,
    arm,
    outcome,
    CAST(COUNT(*) AS BIGINT) AS customers,
    CAST(SUM(CASE WHEN value = 0 OR value = 1 THEN 0 ELSE 1 END) AS BIGINT) AS others,
    CAST(SUM(CASE WHEN value = 0 THEN 0 ELSE 1 END) AS BIGINT) AS not_zero,
    CAST(SUM(value) AS DOUBLE) AS total,
    CAST(SUM((CAST(value AS DECIMAL(19,6)) * CAST(value AS DECIMAL(19,6)))) AS DOUBLE) AS squares,
    CAST(SUM(value_before) AS DOUBLE) AS total_before,
    CAST(SUM((CAST(value_before AS DECIMAL(19,6)) * CAST(value_before AS DECIMAL(19,6)))) AS DOUBLE) AS squares_before,
    CAST(SUM((CAST(value AS DECIMAL(19,6)) * CAST(value_before AS DECIMAL(19,6)))) AS DOUBLE) AS products
FROM experiment_outcomes
GROUP BY segment, arm, outcome
ORDER BY outcome NULLS FIRST, segment NULLS FIRST, arm NULLS FIRST
