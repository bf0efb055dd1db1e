-- cohort_active: how many customers of each cohort and segment bought in each period.
-- grain   one row per group
-- reads   customer_sums, cohort_members
-- units   active_N customers with a purchase day in period N
SELECT /*+ SHUFFLE_HASH(cohort_members) */
    group_number,
    <active>
FROM customer_sums
INNER JOIN cohort_members ON customer_sums.customer_id = cohort_members.customer_id
GROUP BY group_number
