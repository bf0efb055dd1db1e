-- cohort_revenue: what the customers of each cohort and segment have brought in each period.
-- grain   one row per group and period with a line of one of its customers
-- reads   customer_days, cohort_days, cohort_members
-- units   net money since the first purchase, returns included
SELECT
    group_number,
    period,
    CAST(SUM(net) AS DECIMAL(18,2)) AS revenue
FROM customer_days
INNER JOIN cohort_days ON customer_days.order_date = cohort_days.order_date
INNER JOIN cohort_members ON customer_days.customer_id = cohort_members.customer_id
WHERE customer_days.order_date >= first_order
GROUP BY group_number, period
