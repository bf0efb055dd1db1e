-- product_lines: what was bought at which price: the lines that say of which product and how many; if :have_discounts all lines, since one that says nothing of a discount had none.
-- grain   one row per such order line that is no return
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
WHERE amount >= 0 AND (:have_discounts OR (product IS NOT NULL AND quantity > 0))
