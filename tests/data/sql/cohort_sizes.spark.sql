-- cohort_sizes: how many customers began in each period, by their segment of today.
-- grain   one row per cohort and segment
-- reads   segmented_customers
-- units   cohort is the number of the period of the first purchase
SELECT
    cohort,
    segment,
    CAST(COUNT(*) AS BIGINT) AS customers
FROM (SELECT CAST(<first_period> AS INTEGER) AS cohort, segment FROM segmented_customers) AS customers
GROUP BY cohort, segment
