-- customer_histories_until: each customer's purchases up to :fitted_until, and what came after, up to :as_of.
-- grain   one row per customer with a purchase on or before :fitted_until
-- reads   customer_days
-- units   days from the first purchase, to the last one and to :fitted_until; money of purchase days
SELECT
    customer_id,
    CAST(SUM(CASE WHEN order_date <= :fitted_until THEN 1 ELSE 0 END) - 1 AS INTEGER) AS repeats,
    CAST({{days_between(MIN(order_date), MAX(CASE WHEN order_date <= :fitted_until THEN order_date END))}} AS INTEGER) AS last_day,
    CAST({{days_between(MIN(order_date), :fitted_until)}} AS INTEGER) AS days,
    {{money(SUM(CASE WHEN order_date <= :fitted_until THEN net ELSE 0 END) - MIN_BY(net, order_date))}} AS repeat_spend,
    CAST(SUM(CASE WHEN order_date > :fitted_until THEN 1 ELSE 0 END) AS INTEGER) AS purchases_after,
    {{money(SUM(CASE WHEN order_date > :fitted_until THEN net ELSE 0 END))}} AS spend_after
FROM customer_days
WHERE net > 0 AND order_date <= :as_of
GROUP BY customer_id
HAVING MIN(order_date) <= :fitted_until
