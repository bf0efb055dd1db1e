-- channel_months: what came in through each channel in each month, of new customers and old.
-- grain   one row per channel, month and segment with a line
-- reads   place_days, segmented_customers
-- units   month is its first day; revenue net money in the client's currency
SELECT
    COALESCE(day.channel, '(unknown)') AS channel,
    CAST(DATE_TRUNC('month', day.order_date) AS DATE) AS month,
    customer.segment,
    CASE WHEN abs(SUM(day.net)) < 999999999999 THEN CAST(CAST(SUM(day.net) AS DECIMAL(18,6)) AS DECIMAL(18,2)) ELSE CAST(SUM(day.net) AS DECIMAL(18,2)) END AS revenue
FROM place_days AS day
INNER JOIN segmented_customers AS customer ON day.customer_id = customer.customer_id
WHERE day.order_date <= DATE '2026-01-31'
GROUP BY COALESCE(day.channel, '(unknown)'), CAST(DATE_TRUNC('month', day.order_date) AS DATE), customer.segment
