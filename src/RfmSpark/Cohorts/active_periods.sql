-- active_periods: the periods in which each customer has bought, a bit for each.
-- grain   one row per customer with a purchase
-- reads   customer_days, cohort_days, cohort_members
SELECT
    group_number,
    {{bits}}
FROM (
    SELECT
        customer_id,
        {{together}}
    FROM customer_days
    INNER JOIN cohort_days ON customer_days.order_date = cohort_days.order_date
    WHERE net > 0
    GROUP BY customer_id
) AS bought
INNER JOIN cohort_members ON bought.customer_id = cohort_members.customer_id
