-- customer_sums: what each customer has bought up to :as_of and had bought up to :earlier, and in which periods, from one pass over the days.
-- grain   one row per customer with a line on or before :as_of
-- reads   customer_days
-- units   frequency orders, or purchase days if :count_days; monetary net money of all days, returns after a purchase day included; repeat_spend what purchase days after the first one came to, _then without meaning if that was after :earlier; year_spend net money of the days after :year_ago; bits_1 … a bit for each period with a purchase day
SELECT
    today.customer_id,
    first_order,
    last_order,
    last_order_then,
    CAST(today.frequency AS INTEGER) AS frequency,
    CAST(today.frequency - COALESCE(since.frequency, 0) AS INTEGER) AS frequency_then,
    CAST(today.net AS DECIMAL(18,2)) AS monetary,
    CAST(today.net - COALESCE(since.net, 0) AS DECIMAL(18,2)) AS monetary_then,
    CAST(today.purchase_days AS INTEGER) AS purchase_days,
    CAST(today.purchase_days - COALESCE(since.purchase_days, 0) AS INTEGER) AS purchase_days_then,
    CAST(repeat_spend AS DECIMAL(18,2)) AS repeat_spend,
    CAST(repeat_spend - COALESCE(since.spend, 0) AS DECIMAL(18,2)) AS repeat_spend_then,
    CAST(year_spend AS DECIMAL(18,2)) AS year_spend,
    <bits>
FROM (
    SELECT
        customer_id,
        MIN(CASE WHEN net > 0 THEN order_date END) AS first_order,
        MAX(CASE WHEN net > 0 THEN order_date END) AS last_order,
        MAX(CASE WHEN net > 0 AND order_date <= DATE '2026-02-01' THEN order_date END) AS last_order_then,
        CASE WHEN TRUE THEN COUNT(CASE WHEN net > 0 THEN 1 END) ELSE SUM(orders) END AS frequency,
        SUM(net) AS net,
        COUNT(CASE WHEN net > 0 THEN 1 END) AS purchase_days,
        SUM(CASE WHEN net > 0 THEN net ELSE 0 END) - COALESCE(MIN_BY(CASE WHEN net > 0 THEN net END, CASE WHEN net > 0 THEN order_date END), 0) AS repeat_spend,
        SUM(CASE WHEN order_date > DATE '2025-01-31' THEN net ELSE 0 END) AS year_spend,
        <periods>
    FROM customer_days
    WHERE order_date <= DATE '2026-01-31'
    GROUP BY customer_id
) AS today
-- The days after the earlier one are few: to take them off is less work than to sum up all others a second time.
LEFT JOIN (
    SELECT
        customer_id,
        CASE WHEN TRUE THEN COUNT(CASE WHEN net > 0 THEN 1 END) ELSE SUM(orders) END AS frequency,
        SUM(net) AS net,
        COUNT(CASE WHEN net > 0 THEN 1 END) AS purchase_days,
        SUM(CASE WHEN net > 0 THEN net ELSE 0 END) AS spend
    FROM customer_days
    WHERE order_date > DATE '2026-02-01' AND order_date <= DATE '2026-01-31'
    GROUP BY customer_id
) AS since ON today.customer_id = since.customer_id
