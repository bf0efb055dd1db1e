-- cohort_active: how many customers of each cohort and segment there are, and how many of them bought in each period.
-- grain   one row per cohort and segment of today with a customer
-- reads   customer_sums, segmented_customers
-- units   cohort is the number of the period of the first purchase; active_N customers with a purchase day in period N
SELECT
    CAST({{first_period}} AS INTEGER) AS cohort,
    segment,
    CAST(COUNT(*) AS BIGINT) AS customers,
    {{active}}
FROM segmented_customers AS customer
INNER JOIN customer_sums ON customer_sums.customer_id = customer.customer_id
GROUP BY CAST({{first_period}} AS INTEGER), segment
