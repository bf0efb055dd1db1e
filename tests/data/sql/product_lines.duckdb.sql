-- product_lines: what was bought at which price: the lines that say of which product and how many, or what was taken off.
-- grain   one row per order line that is no return and says either
-- reads   customer_lines
-- units   amount paid in the client's currency; discount money off it
SELECT
    customer_id,
    order_date,
    order_id,
    product,
    quantity,
    discount,
    amount
FROM customer_lines
WHERE amount >= 0 AND ((product IS NOT NULL AND quantity > 0) OR discount IS NOT NULL)
