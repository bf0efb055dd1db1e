-- customer_days: what each customer ordered on each day. Everything per customer is made from this.
-- grain   one row per customer and day with a line
-- reads   day_sums, busy_days
-- units   net in the client's currency; a day is a purchase day if net is above zero; orders is 0 on other days
SELECT
    customer_id,
    order_date,
    CASE WHEN net > 0 THEN 1 ELSE 0 END AS orders,
    lines,
    0 AS repeated_lines,
    net
FROM day_sums
WHERE lines = 1
UNION ALL
SELECT
    customer_id,
    order_date,
    CASE WHEN net > 0 THEN orders ELSE 0 END AS orders,
    lines,
    repeated_lines,
    net
FROM busy_days
