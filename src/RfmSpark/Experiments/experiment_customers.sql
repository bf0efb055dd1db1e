-- experiment_customers: what each customer of an experiment did.
-- grain   one row per customer of the experiment
-- reads   experiments, customer_days
-- units   revenue net money from :first_day to :last_day, returns included; revenue_before of all days before it up to :assigned, since what came later may be an effect of the arm; converted is 1 with a purchase day in that time; has_orders is 1 with any line
SELECT
    member.segment,
    member.arm,
    CAST(CASE WHEN done.customer_id IS NULL THEN 0 ELSE 1 END AS INTEGER) AS has_orders,
    CAST(COALESCE(done.converted, 0) AS INTEGER) AS converted,
    CAST(COALESCE(done.revenue, 0) AS DECIMAL(18, 6)) AS revenue,
    CAST(COALESCE(done.revenue_before, 0) AS DECIMAL(18, 6)) AS revenue_before
FROM experiments AS member
LEFT JOIN (
    SELECT
        customer_id,
        MAX(CASE WHEN order_date >= :first_day AND net > 0 THEN 1 ELSE 0 END) AS converted,
        SUM(CASE WHEN order_date >= :first_day THEN net ELSE 0 END) AS revenue,
        SUM(CASE WHEN order_date < :first_day AND order_date <= :assigned THEN net ELSE 0 END) AS revenue_before
    FROM customer_days
    WHERE order_date <= :last_day
    GROUP BY customer_id
) AS done ON member.customer_id = done.customer_id
