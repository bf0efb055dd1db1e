-- cohort_activity: what the customers who began in one period did in each period since, by their segment of today.
-- grain   one row per cohort, segment and period with a line of one of them
-- reads   customer_days, segmented_customers
-- units   cohort and period_start are first days of periods (:period); active customers with a purchase day; revenue net money, returns included
SELECT
    cohort,
    segment,
    period_start,
    CAST(SUM(bought) AS BIGINT) AS active,
    {{money(SUM(net))}} AS revenue
FROM (
    SELECT
        customer_days.customer_id,
        CAST(DATE_TRUNC(:period, first_order) AS DATE) AS cohort,
        segment,
        CAST(DATE_TRUNC(:period, order_date) AS DATE) AS period_start,
        MAX(CASE WHEN net > 0 THEN 1 ELSE 0 END) AS bought,
        SUM(net) AS net
    FROM customer_days
    INNER JOIN segmented_customers ON customer_days.customer_id = segmented_customers.customer_id
    WHERE order_date >= first_order AND order_date <= :as_of
    GROUP BY customer_days.customer_id, CAST(DATE_TRUNC(:period, first_order) AS DATE), segment, CAST(DATE_TRUNC(:period, order_date) AS DATE)
) AS customer_periods
GROUP BY cohort, segment, period_start
