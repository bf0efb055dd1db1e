-- discounted_orders: how many orders had something taken off, and how much.
-- grain   one row per segment, and one without a segment for all customers
-- reads   product_lines, segmented_customers
-- note    a line that does not say what was taken off counts as one at the full price
-- units   orders (each line without an order id is one); lines that say what was taken off, if only 0; money of the discounted lines: what was paid, and what was taken off
SELECT
    segment,
    CAST(SUM(CASE WHEN order_id IS NULL THEN lines ELSE 1 END) AS BIGINT) AS orders,
    CAST(SUM(CASE WHEN order_id IS NULL THEN discounted_lines WHEN discounted_lines > 0 THEN 1 ELSE 0 END) AS BIGINT) AS discounted_orders,
    CAST(SUM(telling_lines) AS BIGINT) AS telling_lines,
    CAST(SUM(paid) AS DOUBLE) AS paid,
    CAST(SUM(taken_off) AS DOUBLE) AS taken_off
FROM (
    SELECT
        customer.segment,
        line.order_id,
        COUNT(*) AS lines,
        SUM(CASE WHEN line.discount > 0 THEN 1 ELSE 0 END) AS discounted_lines,
        COUNT(line.discount) AS telling_lines,
        SUM(CASE WHEN line.discount > 0 THEN line.amount ELSE 0 END) AS paid,
        SUM(CASE WHEN line.discount > 0 THEN line.discount ELSE 0 END) AS taken_off
    FROM product_lines AS line
    INNER JOIN segmented_customers AS customer ON line.customer_id = customer.customer_id
    WHERE line.order_date <= DATE '2026-01-31'
    GROUP BY customer.segment, line.customer_id, line.order_date, line.order_id
) AS orders
GROUP BY GROUPING SETS ((segment), ())
