-- place_days: the lines of each customer's day, added up by channel and store.
-- grain   one row per customer, day, channel and store with a line
-- reads   customer_lines
-- units   net in the client's currency, returns taken off unless :gross, which passes over them
SELECT
    customer_id,
    order_date,
    channel,
    store,
    TRY_CAST(SUM(CASE WHEN :gross AND amount <= 0 THEN 0 ELSE amount END) AS DECIMAL(18, 6)) AS net
FROM customer_lines
GROUP BY customer_id, order_date, channel, store
