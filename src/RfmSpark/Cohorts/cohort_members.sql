-- cohort_members: the cohort and segment of each customer, as one number.
-- grain   one row per customer with a purchase
-- reads   segmented_customers, cohort_groups
SELECT
    customer_id,
    first_order,
    group_number
FROM segmented_customers
INNER JOIN cohort_groups ON cohort_groups.cohort = {{first_period}} AND cohort_groups.segment = segmented_customers.segment
