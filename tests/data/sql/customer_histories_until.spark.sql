-- customer_histories_until: each customer's purchases up to :fitted_until, and what came after, up to :as_of.
-- grain   one row per customer with a purchase on or before :fitted_until
-- reads   customer_days
-- units   days from the first purchase, to the last one and to :fitted_until; money of purchase days
SELECT
    customer_id,
    CAST(SUM(CASE WHEN order_date <= DATE '2025-10-31' THEN 1 ELSE 0 END) - 1 AS INTEGER) AS repeats,
    CAST(CAST(datediff(MAX(CASE WHEN order_date <= DATE '2025-10-31' THEN order_date END), MIN(order_date)) AS BIGINT) AS INTEGER) AS last_day,
    CAST(CAST(datediff(DATE '2025-10-31', MIN(order_date)) AS BIGINT) AS INTEGER) AS days,
    CAST(SUM(CASE WHEN order_date <= DATE '2025-10-31' THEN net ELSE 0 END) - MIN_BY(net, order_date) AS DECIMAL(18,2)) AS repeat_spend,
    CAST(SUM(CASE WHEN order_date > DATE '2025-10-31' THEN 1 ELSE 0 END) AS INTEGER) AS purchases_after,
    CAST(SUM(CASE WHEN order_date > DATE '2025-10-31' THEN net ELSE 0 END) AS DECIMAL(18,2)) AS spend_after
FROM customer_days
WHERE net > 0 AND order_date <= DATE '2026-01-31'
GROUP BY customer_id
HAVING MIN(order_date) <= DATE '2025-10-31'
