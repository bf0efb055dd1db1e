-- cohort_revenue: what the customers of each cohort and segment have brought in each period.
-- grain   one row per group and period with a line of one of its customers
-- reads   customer_days, cohort_members
-- units   period is a number; revenue net money from the first purchase to :as_of, returns included
SELECT
    group_number,
    period,
    {{money(SUM(net))}} AS revenue
FROM (
    SELECT /*+ SHUFFLE_HASH(cohort_members) */
        group_number,
        CAST({{period}} AS INTEGER) AS period,
        net
    FROM customer_days
    INNER JOIN cohort_members ON customer_days.customer_id = cohort_members.customer_id
    WHERE order_date >= first_order AND order_date <= :as_of
) AS brought
GROUP BY group_number, period
