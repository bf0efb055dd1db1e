-- customer_sums: what each customer has bought up to :as_of and had bought up to :earlier, and in which periods, from one pass over the days.
-- grain   one row per customer with a line on or before :as_of
-- reads   customer_days
-- units   frequency orders, or purchase days if :count_days; monetary net money of all days, returns after a purchase day included; repeat_spend what purchase days after the first one came to, _then without meaning if that was after :earlier; year_spend net money of the days after :year_ago; bits_1 … a bit for each period with a purchase day
SELECT
    customer_id,
    MIN(CASE WHEN net > 0 THEN order_date END) AS first_order,
    MAX(CASE WHEN net > 0 THEN order_date END) AS last_order,
    MAX(CASE WHEN net > 0 AND order_date <= DATE '2026-02-01' THEN order_date END) AS last_order_then,
    CAST(CASE WHEN TRUE THEN COUNT(CASE WHEN net > 0 THEN 1 END) ELSE SUM(orders) END AS INTEGER) AS frequency,
    CAST(CASE WHEN TRUE THEN COUNT(CASE WHEN net > 0 AND order_date <= DATE '2026-02-01' THEN 1 END) ELSE SUM(CASE WHEN order_date <= DATE '2026-02-01' THEN orders ELSE 0 END) END AS INTEGER) AS frequency_then,
    CASE WHEN abs(SUM(net)) < 999999999999 THEN CAST(CAST(SUM(net) AS DECIMAL(18,6)) AS DECIMAL(18,2)) ELSE CAST(SUM(net) AS DECIMAL(18,2)) END AS monetary,
    CASE WHEN abs(SUM(CASE WHEN order_date <= DATE '2026-02-01' THEN net ELSE 0 END)) < 999999999999 THEN CAST(CAST(SUM(CASE WHEN order_date <= DATE '2026-02-01' THEN net ELSE 0 END) AS DECIMAL(18,6)) AS DECIMAL(18,2)) ELSE CAST(SUM(CASE WHEN order_date <= DATE '2026-02-01' THEN net ELSE 0 END) AS DECIMAL(18,2)) END AS monetary_then,
    CAST(COUNT(CASE WHEN net > 0 THEN 1 END) AS INTEGER) AS purchase_days,
    CAST(COUNT(CASE WHEN net > 0 AND order_date <= DATE '2026-02-01' THEN 1 END) AS INTEGER) AS purchase_days_then,
    CASE WHEN abs(SUM(CASE WHEN net > 0 THEN net ELSE 0 END) - COALESCE(MIN_BY(CASE WHEN net > 0 THEN net END, CASE WHEN net > 0 THEN order_date END), 0)) < 999999999999 THEN CAST(CAST(SUM(CASE WHEN net > 0 THEN net ELSE 0 END) - COALESCE(MIN_BY(CASE WHEN net > 0 THEN net END, CASE WHEN net > 0 THEN order_date END), 0) AS DECIMAL(18,6)) AS DECIMAL(18,2)) ELSE CAST(SUM(CASE WHEN net > 0 THEN net ELSE 0 END) - COALESCE(MIN_BY(CASE WHEN net > 0 THEN net END, CASE WHEN net > 0 THEN order_date END), 0) AS DECIMAL(18,2)) END AS repeat_spend,
    CASE WHEN abs(SUM(CASE WHEN net > 0 AND order_date <= DATE '2026-02-01' THEN net ELSE 0 END) - COALESCE(MIN_BY(CASE WHEN net > 0 THEN net END, CASE WHEN net > 0 THEN order_date END), 0)) < 999999999999 THEN CAST(CAST(SUM(CASE WHEN net > 0 AND order_date <= DATE '2026-02-01' THEN net ELSE 0 END) - COALESCE(MIN_BY(CASE WHEN net > 0 THEN net END, CASE WHEN net > 0 THEN order_date END), 0) AS DECIMAL(18,6)) AS DECIMAL(18,2)) ELSE CAST(SUM(CASE WHEN net > 0 AND order_date <= DATE '2026-02-01' THEN net ELSE 0 END) - COALESCE(MIN_BY(CASE WHEN net > 0 THEN net END, CASE WHEN net > 0 THEN order_date END), 0) AS DECIMAL(18,2)) END AS repeat_spend_then,
    CASE WHEN abs(SUM(CASE WHEN order_date > DATE '2025-01-31' THEN net ELSE 0 END)) < 999999999999 THEN CAST(CAST(SUM(CASE WHEN order_date > DATE '2025-01-31' THEN net ELSE 0 END) AS DECIMAL(18,6)) AS DECIMAL(18,2)) ELSE CAST(SUM(CASE WHEN order_date > DATE '2025-01-31' THEN net ELSE 0 END) AS DECIMAL(18,2)) END AS year_spend,
    <periods>
FROM customer_days
WHERE order_date <= DATE '2026-01-31'
GROUP BY customer_id
