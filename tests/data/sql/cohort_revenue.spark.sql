-- cohort_revenue: what the customers of each cohort and segment have brought in each period.
-- grain   one row per cohort, segment of today and period with a line of one of its customers
-- reads   customer_days, segmented_customers
-- units   cohort and period are numbers of periods; revenue net money from the first purchase to :as_of, returns included
SELECT
    cohort,
    segment,
    period,
    CAST(SUM(net) AS DECIMAL(18,2)) AS revenue
FROM (
    SELECT
        cohort,
        segment,
        CAST(<period> AS INTEGER) AS period,
        net
    FROM (SELECT customer_id, first_order, CAST(<first_period> AS INTEGER) AS cohort, segment FROM segmented_customers AS customer) AS member
    INNER JOIN customer_days ON customer_days.customer_id = member.customer_id
    WHERE order_date >= first_order AND order_date <= DATE '2026-01-31'
) AS brought
GROUP BY cohort, segment, period
