-- order_lines: every record of the client's files, read: a line of an order, or the reason why it is none.
-- grain   one row per record
-- reads   order_records (the files, under our names of the columns)
-- note    a blank sorts before '!', so that only ids that begin with one are trimmed
-- units   order_date is the day as the client wrote it; amount in the client's currency, returns below zero, six digits kept; discount money off the line, without a sign
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
    CASE
        WHEN fault IS NOT NULL THEN fault
        WHEN customer_id IS NULL OR (customer_id < '!' AND TRIM(BOTH ' ' FROM customer_id) = '') THEN 'missing_customer'
        WHEN order_date IS NULL OR order_date < DATE '1000-01-01' OR order_date > DATE '9000-12-31' THEN 'unreadable_date'
        WHEN amount IS NULL AND amount_absent THEN 'absent_amount'
        WHEN amount IS NULL THEN 'unreadable_amount'
    END AS reason,
    source,
    content,
    fingerprint
FROM (
    SELECT
        {{customer_id}} AS customer_id,
        {{order_date}} AS order_date,
        {{order_id}} AS order_id,
        {{channel}} AS channel,
        {{store}} AS store,
        {{product}} AS product,
        {{quantity}} AS quantity,
        {{discount}} AS discount,
        {{amount}} AS amount,
        {{amount_absent}} AS amount_absent,
        source,
        content,
        fingerprint,
        fault
    FROM order_records
) AS fields
