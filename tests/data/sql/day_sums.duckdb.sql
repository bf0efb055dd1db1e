-- day_sums: the lines of each customer's day, added up. The first pass over the orders.
-- grain   one row per customer and day with a line
-- reads   customer_lines
-- units   net in the client's currency, returns taken off unless they were left out
SELECT
    customer_id,
    order_date,
    CAST(COUNT(*) AS INTEGER) AS lines,
    CAST(SUM(amount) AS DECIMAL(38, 6)) AS net
FROM customer_lines
GROUP BY customer_id, order_date
