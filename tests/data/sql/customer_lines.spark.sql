-- customer_lines: the lines that count, those of one customer together. On a cluster this is the one time that orders are moved.
-- grain   one row per order line
-- reads   order_lines
-- units   amount in the client's currency; returns are left out if :gross
SELECT /*+ REPARTITION(customer_id) */
    customer_id,
    order_date,
    order_id,
    amount,
    fingerprint
FROM order_lines
WHERE reason IS NULL AND (amount > 0 OR NOT TRUE)
