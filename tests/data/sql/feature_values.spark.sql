-- feature_values: how many customers have each value of one feature.
-- grain   one row per value
-- reads   customer_scores
-- units   those of the feature: days or money
SELECT
    amount,
    CAST(COUNT(*) AS BIGINT) AS customers
FROM (SELECT <feature> AS amount FROM customer_scores) AS given
GROUP BY amount
