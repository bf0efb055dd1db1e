-- day_totals: what was ordered on each day, by all customers.
-- grain   one row per day with a line
-- reads   customer_days
-- units   repeated_lines those equal to another in every column; too_large customers whose lines of the day come to more than a net can hold; purchases customers whose lines of the day come to more than zero
SELECT
    order_date,
    CAST(SUM(lines) AS BIGINT) AS lines,
    CAST(SUM(repeated_lines) AS BIGINT) AS repeated_lines,
    CAST(SUM(CASE WHEN net IS NULL THEN 1 ELSE 0 END) AS BIGINT) AS too_large,
    CAST(SUM(CASE WHEN net > 0 THEN 1 ELSE 0 END) AS BIGINT) AS purchases
FROM customer_days
GROUP BY order_date
