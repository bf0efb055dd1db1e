-- observed_lengths: how long customers who bought so often have been observed.
-- grain   one row per number of repeats and of days with a customer
-- reads   customer_histories
-- units   days, from the first purchase
SELECT
    repeats,
    days
FROM customer_histories
GROUP BY repeats, days
