-- customer_sums: what each customer has bought up to :as_of and had bought up to :earlier, and in which periods, from one pass over the days.
-- grain   one row per customer with a line on or before :as_of
-- reads   customer_days
-- units   frequency orders, or purchase days if :count_days; monetary net money of all days, returns after a purchase day included; repeat_spend what purchase days after the first one came to, _then without meaning if that was after :earlier; year_spend net money of the days after :year_ago; bits_1 … a bit for each period with a purchase day
SELECT
    customer_id,
    MIN(CASE WHEN net > 0 THEN order_date END) AS first_order,
    MAX(CASE WHEN net > 0 THEN order_date END) AS last_order,
    MAX(CASE WHEN net > 0 AND order_date <= :earlier THEN order_date END) AS last_order_then,
    CAST(CASE WHEN :count_days THEN COUNT(CASE WHEN net > 0 THEN 1 END) ELSE SUM(orders) END AS INTEGER) AS frequency,
    CAST(CASE WHEN :count_days THEN COUNT(CASE WHEN net > 0 AND order_date <= :earlier THEN 1 END) ELSE SUM(CASE WHEN order_date <= :earlier THEN orders ELSE 0 END) END AS INTEGER) AS frequency_then,
    {{money(SUM(net))}} AS monetary,
    {{money(SUM(CASE WHEN order_date <= :earlier THEN net ELSE 0 END))}} AS monetary_then,
    CAST(COUNT(CASE WHEN net > 0 THEN 1 END) AS INTEGER) AS purchase_days,
    CAST(COUNT(CASE WHEN net > 0 AND order_date <= :earlier THEN 1 END) AS INTEGER) AS purchase_days_then,
    {{money(SUM(CASE WHEN net > 0 THEN net ELSE 0 END) - COALESCE(MIN_BY(CASE WHEN net > 0 THEN net END, CASE WHEN net > 0 THEN order_date END), 0))}} AS repeat_spend,
    {{money(SUM(CASE WHEN net > 0 AND order_date <= :earlier THEN net ELSE 0 END) - COALESCE(MIN_BY(CASE WHEN net > 0 THEN net END, CASE WHEN net > 0 THEN order_date END), 0))}} AS repeat_spend_then,
    {{money(SUM(CASE WHEN order_date > :year_ago THEN net ELSE 0 END))}} AS year_spend,
    {{periods}}
FROM customer_days
WHERE order_date <= :as_of
GROUP BY customer_id
