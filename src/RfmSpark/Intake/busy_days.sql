-- busy_days: the customer days of more than one line, looked at line by line, since their lines may share an order or repeat one another.
-- grain   one row per customer and day of more than one line
-- reads   order_lines, day_sums
-- units   orders counts those that come to more than zero; repeated_lines those equal to another in every column of the file
SELECT
    customer_id,
    order_date,
    CAST(SUM(CASE WHEN order_net > 0 THEN 1 ELSE 0 END) AS INTEGER) AS orders,
    CAST(SUM(repeated_lines) AS INTEGER) AS repeated_lines
FROM (
    SELECT
        customer_id,
        order_date,
        order_id,
        SUM(net) AS order_net,
        SUM(copies - 1) AS repeated_lines
    FROM (
        SELECT
            line.customer_id,
            line.order_date,
            line.order_id,
            {{md5(line.content)}} AS fingerprint,
            COUNT(*) AS copies,
            SUM(line.amount) AS net
        FROM order_lines AS line
        INNER JOIN day_sums AS day ON line.customer_id = day.customer_id AND line.order_date = day.order_date
        WHERE day.lines > 1 AND line.reason IS NULL AND (line.amount > 0 OR NOT :gross)
        GROUP BY line.customer_id, line.order_date, line.order_id, {{md5(line.content)}}
    ) AS line_kinds
    GROUP BY customer_id, order_date, order_id
) AS day_orders
GROUP BY customer_id, order_date
