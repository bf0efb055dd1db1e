-- cohort_sizes: how many customers began in each period, by their segment of today.
-- grain   one row per cohort and segment
-- reads   segmented_customers, cohort_days
-- units   period is the number of that of the first purchase
SELECT
    period,
    segment,
    CAST(COUNT(*) AS BIGINT) AS customers
FROM segmented_customers
INNER JOIN cohort_days ON first_order = cohort_days.order_date
GROUP BY period, segment
