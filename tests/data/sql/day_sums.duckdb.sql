-- day_sums: the lines of each customer's day, added up. The first pass over the orders.
-- grain   one row per customer and day with a line
-- reads   customer_lines
-- units   net in the client's currency, returns taken off unless :gross, which passes over them; NULL if it does not fit
SELECT
    customer_id,
    order_date,
    CAST(COUNT(*) AS INTEGER) AS lines,
    TRY_CAST(SUM(CASE WHEN TRUE AND amount <= 0 THEN 0 ELSE amount END) AS DECIMAL(18, 6)) AS net
FROM customer_lines
GROUP BY customer_id, order_date
