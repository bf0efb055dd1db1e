-- customer_horizons: what each customer is expected to bring up to further horizons.
-- grain   one row per as_of, customer with a purchase and horizon of clv.horizons
-- reads   customer_summary, horizon_patterns, customer_margins
-- units   purchase days; money in the client's currency
SELECT
    :as_of AS as_of,
    customer_summary.customer_id,
    horizon,
    expected AS expected_orders,
    {{money_of(discounted * (:gamma + CAST(repeat_spend AS DOUBLE)) * :p / ((:p * CAST(purchase_days - 1 AS DOUBLE)) + :q - CAST(1 AS DOUBLE)) * COALESCE(customer_margins.margin, :margin))}} AS clv
FROM customer_summary
INNER JOIN horizon_patterns
    ON horizon_patterns.repeats = purchase_days - 1
    AND horizon_patterns.last_day = {{days_between(first_order, last_order)}}
    AND horizon_patterns.days = {{days_between(first_order, :as_of)}}
LEFT JOIN customer_margins ON customer_margins.customer_id = customer_summary.customer_id
