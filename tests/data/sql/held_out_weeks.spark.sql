-- held_out_weeks: how many purchases came in each week after :fitted_until, of customers who had bought before.
-- grain   one row per week with one, counted from 0
-- reads   customer_days, customer_histories
-- units   purchase days
SELECT
    CAST(week AS INTEGER) AS week,
    CAST(COUNT(*) AS BIGINT) AS purchases
FROM (
    SELECT /*+ SHUFFLE_HASH(customer_histories) */ (CAST(datediff(order_date, DATE '2025-10-31') AS BIGINT) - 1 - (CAST(datediff(order_date, DATE '2025-10-31') AS BIGINT) - 1) % 7) / 7 AS week
    FROM customer_days
    INNER JOIN customer_histories ON customer_days.customer_id = customer_histories.customer_id
    WHERE net > 0 AND order_date > DATE '2025-10-31' AND order_date <= DATE '2026-01-31'
) AS purchases
GROUP BY week
