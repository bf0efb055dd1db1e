-- experiment_strata: the segments of a day, as strata of an experiment.
-- grain   one row per segment with a customer
-- reads   customer_segments
-- units   expected_buyers is how many would buy in :days days if left alone: 1 - exp(-their expected orders), 1 customer 0 to 1; NULL if the models expect nothing
SELECT
    segment,
    CAST(COUNT(*) AS BIGINT) AS customers,
    CAST(SUM(1 - EXP(-expected_orders_3m * 4 / 91.3125)) AS DOUBLE) AS expected_buyers
FROM customer_segments
WHERE as_of = DATE '2026-01-31'
GROUP BY segment
