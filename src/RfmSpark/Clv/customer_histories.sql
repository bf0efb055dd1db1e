-- customer_histories: each customer's purchases up to the day that the run looks from.
-- grain   one row per customer with a purchase
-- reads   customer_summary
-- units   days from the first purchase, to the last one and to :as_of; money of purchase days; nothing is held out
SELECT
    customer_id,
    CAST(purchase_days - 1 AS INTEGER) AS repeats,
    CAST({{days_between(first_order, last_order)}} AS INTEGER) AS last_day,
    CAST({{days_between(first_order, :as_of)}} AS INTEGER) AS days,
    repeat_spend,
    CAST(0 AS INTEGER) AS purchases_after,
    CAST(0 AS DECIMAL(18, 2)) AS spend_after
FROM customer_summary
WHERE frequency > 0
