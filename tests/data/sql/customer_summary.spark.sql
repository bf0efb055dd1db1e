-- customer_summary: what each customer has bought up to :as_of.
-- grain   one row per customer with a line on or before :as_of; frequency is 0 if there is no purchase day among them
-- reads   customer_days
-- units   recency whole days; frequency orders, or purchase days if :count_days; monetary net money of all days, returns after a purchase day included; repeat_spend what purchase days after the first one came to; year_spend net money of the days after :year_ago
SELECT
    customer_id,
    MIN(CASE WHEN net > 0 THEN order_date END) AS first_order,
    MAX(CASE WHEN net > 0 THEN order_date END) AS last_order,
    CAST(CAST(datediff(DATE '2026-01-31', MAX(CASE WHEN net > 0 THEN order_date END)) AS BIGINT) AS INTEGER) AS recency_days,
    CAST(CASE WHEN TRUE THEN SUM(CASE WHEN net > 0 THEN 1 ELSE 0 END) ELSE SUM(orders) END AS INTEGER) AS frequency,
    CAST(SUM(net) AS DECIMAL(18,2)) AS monetary,
    CAST(SUM(CASE WHEN net > 0 THEN 1 ELSE 0 END) AS INTEGER) AS purchase_days,
    CAST(SUM(CASE WHEN net > 0 THEN net ELSE 0 END) - COALESCE(MIN_BY(CASE WHEN net > 0 THEN net END, CASE WHEN net > 0 THEN order_date END), 0) AS DECIMAL(18,2)) AS repeat_spend,
    CAST(SUM(CASE WHEN order_date > DATE '2025-01-31' THEN net ELSE 0 END) AS DECIMAL(18,2)) AS year_spend
FROM customer_days
WHERE order_date <= DATE '2026-01-31'
GROUP BY customer_id
