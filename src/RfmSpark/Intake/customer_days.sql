-- customer_days: what each customer ordered on each day. Everything per customer is made from this.
-- grain   one row per customer and day with a line
-- reads   day_sums, busy_days
-- units   net in the client's currency; a day is a purchase day if net is above zero; orders is 0 on other days
SELECT
    day.customer_id,
    day.order_date,
    CASE
        WHEN day.net <= 0 THEN 0
        WHEN :orders_have_ids AND day.lines > 1 THEN busy.orders
        ELSE day.lines_above_zero
    END AS orders,
    day.lines,
    day.net
FROM day_sums AS day
LEFT JOIN busy_days AS busy ON day.customer_id = busy.customer_id AND day.order_date = busy.order_date
