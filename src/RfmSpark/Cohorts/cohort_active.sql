-- cohort_active: how many customers of each cohort and segment bought in each period.
-- grain   one row per group
-- reads   active_periods
-- units   active_N customers with a purchase day in period N
SELECT
    group_number,
    {{active}}
FROM active_periods
GROUP BY group_number
