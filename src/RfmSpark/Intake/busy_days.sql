-- busy_days: the customer days of more than one line, looked at line by line, since their lines may share an order or repeat one another.
-- grain   one row per customer and day of more than one line
-- reads   customer_lines, day_sums
-- units   orders counts those that come to more than zero (each line without an order id is one); repeated_lines those equal to another in every column
SELECT
    customer_id,
    order_date,
    CAST(SUM(CASE WHEN order_id IS NULL THEN lines_above_zero WHEN order_net > 0 THEN 1 ELSE 0 END) AS INTEGER) AS orders,
    CAST(SUM(lines) AS INTEGER) AS lines,
    CAST(SUM(repeated_lines) AS INTEGER) AS repeated_lines,
    TRY_CAST(SUM(order_net) AS DECIMAL(18, 6)) AS net
FROM (
    SELECT
        customer_id,
        order_date,
        order_id,
        SUM(net) AS order_net,
        SUM(copies) AS lines,
        SUM(copies - 1) AS repeated_lines,
        SUM(lines_above_zero) AS lines_above_zero
    FROM (
        SELECT
            line.customer_id,
            line.order_date,
            line.order_id,
            line.fingerprint,
            COUNT(*) AS copies,
            SUM(CASE WHEN line.amount > 0 THEN 1 ELSE 0 END) AS lines_above_zero,
            SUM(CASE WHEN :gross AND line.amount <= 0 THEN 0 ELSE line.amount END) AS net
        FROM customer_lines AS line
        INNER JOIN day_sums AS day ON line.customer_id = day.customer_id AND line.order_date = day.order_date
        WHERE day.lines > 1
        GROUP BY line.customer_id, line.order_date, line.order_id, line.fingerprint
    ) AS line_kinds
    GROUP BY customer_id, order_date, order_id
) AS day_orders
GROUP BY customer_id, order_date
