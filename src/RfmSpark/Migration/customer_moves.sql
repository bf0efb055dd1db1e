-- customer_moves: how many customers are where they were, or have moved from where to where, in every way to segment at once.
-- grain   one row per cohort and pair of segments, of personas, of value segments and of tiers
-- reads   segmented_customers, customer_sums, earlier_customers
-- note    what was ordered between the days is counted in the orders as they are now, also if the earlier day was published from others: a late order of before is none since
-- units   cohort is the first day of the period (:period) of the first purchase; revenue net money up to the later day on which the customer is known; buyers ordered between the days: how often, and for how much; clv_12m of those known on both
SELECT
    CAST(DATE_TRUNC(:period, COALESCE(later.first_order, earlier.first_order)) AS DATE) AS cohort,
    CASE WHEN earlier.customer_id IS NULL THEN '(new)' ELSE earlier.segment END AS from_segment,
    CASE WHEN later.customer_id IS NULL THEN '(lost to view)' ELSE later.segment END AS to_segment,
    CASE WHEN earlier.customer_id IS NULL THEN '(new)' ELSE earlier.persona END AS from_persona,
    CASE WHEN later.customer_id IS NULL THEN '(lost to view)' ELSE later.persona END AS to_persona,
    CASE WHEN earlier.customer_id IS NULL THEN '(new)' ELSE earlier.value_segment END AS from_value_segment,
    CASE WHEN later.customer_id IS NULL THEN '(lost to view)' ELSE later.value_segment END AS to_value_segment,
    CASE WHEN earlier.customer_id IS NULL THEN '(new)' ELSE earlier.clv_tier END AS from_clv_tier,
    CASE WHEN later.customer_id IS NULL THEN '(lost to view)' ELSE later.clv_tier END AS to_clv_tier,
    CAST(COUNT(*) AS BIGINT) AS customers,
    CAST(SUM(COALESCE(later.monetary, earlier.monetary)) AS DECIMAL(18, 2)) AS revenue,
    CAST(SUM(CASE WHEN later.orders_since > 0 THEN 1 ELSE 0 END) AS BIGINT) AS buyers,
    CAST(SUM(CASE WHEN later.orders_since > 0 THEN later.orders_since ELSE 0 END) AS BIGINT) AS orders,
    CAST(SUM(CASE WHEN later.orders_since > 0 THEN later.net_since ELSE 0 END) AS DECIMAL(18, 2)) AS spent,
    CAST(SUM(CASE WHEN later.customer_id IS NULL THEN 0 ELSE earlier.clv_12m END) AS DECIMAL(18, 2)) AS clv_before,
    CAST(SUM(CASE WHEN earlier.customer_id IS NULL THEN 0 ELSE later.clv_12m END) AS DECIMAL(18, 2)) AS clv_after
FROM (
    SELECT
        customer.customer_id, customer.first_order, customer.monetary, segment, persona, value_segment, clv_tier, clv_12m,
        sums.frequency - sums.frequency_then AS orders_since,
        sums.monetary - sums.monetary_then AS net_since
    FROM segmented_customers AS customer
    INNER JOIN customer_sums AS sums ON customer.customer_id = sums.customer_id
) AS later
FULL OUTER JOIN earlier_customers AS earlier ON later.customer_id = earlier.customer_id
GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9
