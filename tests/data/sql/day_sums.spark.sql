-- day_sums: the lines of each customer's day, added up. The one pass over the orders.
-- grain   one row per customer and day with a line
-- reads   order_lines
-- units   net in the client's currency, returns taken off unless :gross
SELECT
    customer_id,
    order_date,
    CAST(COUNT(*) AS INTEGER) AS lines,
    CAST(SUM(amount) AS DECIMAL(38, 6)) AS net
FROM order_lines
WHERE reason IS NULL AND (amount > 0 OR NOT TRUE)
GROUP BY customer_id, order_date
