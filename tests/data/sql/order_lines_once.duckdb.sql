-- order_lines_once: order_lines in which a line that repeats another, equal in every column of the file, is rejected.
-- grain   one row per record
-- reads   order_lines
SELECT
    customer_id,
    order_date,
    order_id,
    channel,
    store,
    product,
    quantity,
    discount,
    amount,
    CASE WHEN reason IS NULL AND copy > 1 THEN 'exact_duplicate' ELSE reason END AS reason,
    source,
    content,
    fingerprint
FROM (
    SELECT
        customer_id,
        order_date,
        order_id,
        channel,
        store,
        product,
        quantity,
        discount,
        amount,
        reason,
        source,
        content,
        fingerprint,
        ROW_NUMBER() OVER (PARTITION BY customer_id, order_date, fingerprint ORDER BY source NULLS FIRST, content NULLS FIRST) AS copy
    FROM order_lines
) AS numbered
