-- customer_lines: the order lines, those of one customer together. On a cluster this is the one time that orders are moved.
-- grain   one row per order line
-- reads   order_lines
-- units   amount in the client's currency, returns below zero
SELECT /*+ REPARTITION(customer_id) */
    customer_id,
    order_date,
    order_id,
    channel,
    store,
    product,
    quantity,
    discount,
    amount,
    fingerprint
FROM order_lines
WHERE reason IS NULL
