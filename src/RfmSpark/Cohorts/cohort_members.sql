-- cohort_members: the cohort and segment of each customer, as one number.
-- grain   one row per customer with a purchase
-- reads   segmented_customers, cohort_days, cohort_groups
SELECT
    customer_id,
    first_order,
    group_number
FROM segmented_customers
INNER JOIN cohort_days ON first_order = cohort_days.order_date
INNER JOIN cohort_groups ON cohort_groups.period = cohort_days.period AND cohort_groups.segment = segmented_customers.segment
