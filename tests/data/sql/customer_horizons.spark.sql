-- customer_horizons: what each customer is expected to bring up to further horizons.
-- grain   one row per as_of, customer with a purchase and horizon of clv.horizons
-- reads   customer_summary, horizon_patterns, customer_margins
-- units   purchase days; money in the client's currency
SELECT
    DATE '2026-01-31' AS as_of,
    customer_summary.customer_id,
    horizon,
    expected AS expected_orders,
    CAST(CAST(floor(discounted * (CAST('2.5' AS DOUBLE) + CAST(repeat_spend AS DOUBLE)) * CAST('2.5' AS DOUBLE) / ((CAST('2.5' AS DOUBLE) * CAST(purchase_days - 1 AS DOUBLE)) + CAST('2.5' AS DOUBLE) - CAST(1 AS DOUBLE)) * COALESCE(customer_margins.margin, CAST('2.5' AS DOUBLE)) * 100 + 0.5) AS BIGINT) * CAST(0.01 AS DECIMAL(3,2)) AS DECIMAL(18,2)) AS clv
FROM customer_summary
INNER JOIN horizon_patterns
    ON horizon_patterns.repeats = purchase_days - 1
    AND horizon_patterns.last_day = CAST(datediff(last_order, first_order) AS BIGINT)
    AND horizon_patterns.days = CAST(datediff(DATE '2026-01-31', first_order) AS BIGINT)
LEFT JOIN customer_margins ON customer_margins.customer_id = customer_summary.customer_id
