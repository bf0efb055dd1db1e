-- cohort_sizes: how many customers began in each period, by their segment of today.
-- grain   one row per cohort and segment
-- reads   segmented_customers
-- units   cohort is the first day of the period (:period) of the first purchase
SELECT
    CAST(DATE_TRUNC('month', first_order) AS DATE) AS cohort,
    segment,
    CAST(COUNT(*) AS BIGINT) AS customers
FROM segmented_customers
GROUP BY CAST(DATE_TRUNC('month', first_order) AS DATE), segment
