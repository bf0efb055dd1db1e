-- experiment_strata: the segments of a day, as strata of an experiment.
-- grain   one row per segment with a customer
-- reads   customer_segments
-- note    who is alive with chance p, and then buys at a rate that is gamma distributed with shape k, buys at all with chance p (1 - (1 + e / (p k))^-k) if e orders are expected; a little less where customers leave within :days
-- units   expected_buyers is how many would buy in :days days if left alone, 1 customer 0 to 1; NULL if the models expect nothing
SELECT
    segment,
    CAST(COUNT(*) AS BIGINT) AS customers,
    CAST(SUM(CASE WHEN alive > 0 THEN alive * (1 - POWER(1 + orders / (alive * shape), -shape)) ELSE 0 END) AS DOUBLE) AS expected_buyers
FROM (
    SELECT
        segment,
        COALESCE(p_alive, CAST(1 AS DOUBLE)) AS alive,
        :rate_shape + CAST(purchase_days - 1 AS DOUBLE) AS shape,
        CASE WHEN expected_orders_3m IS NULL THEN NULL ELSE expected_orders_3m * :days / :quarter_days END AS orders
    FROM customer_segments
    WHERE as_of = :as_of
) AS expected
GROUP BY segment
