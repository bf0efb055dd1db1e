-- customer_moves: how many customers are where they were, or have moved from where to where, in every way to segment at once.
-- grain   one row per cohort and pair of segments, of personas, of value segments and of tiers
-- reads   segmented_customers, earlier_customers
-- units   cohort is the first day of the period (:period) of the first purchase; revenue net money up to the later day on which the customer is known
SELECT
    CAST(DATE_TRUNC('month', COALESCE(later.first_order, earlier.first_order)) AS DATE) AS cohort,
    CASE WHEN earlier.customer_id IS NULL THEN '(new)' ELSE earlier.segment END AS from_segment,
    CASE WHEN later.customer_id IS NULL THEN '(lost to view)' ELSE later.segment END AS to_segment,
    CASE WHEN earlier.customer_id IS NULL THEN '(new)' ELSE earlier.persona END AS from_persona,
    CASE WHEN later.customer_id IS NULL THEN '(lost to view)' ELSE later.persona END AS to_persona,
    CASE WHEN earlier.customer_id IS NULL THEN '(new)' ELSE earlier.value_segment END AS from_value_segment,
    CASE WHEN later.customer_id IS NULL THEN '(lost to view)' ELSE later.value_segment END AS to_value_segment,
    CASE WHEN earlier.customer_id IS NULL THEN '(new)' ELSE earlier.clv_tier END AS from_clv_tier,
    CASE WHEN later.customer_id IS NULL THEN '(lost to view)' ELSE later.clv_tier END AS to_clv_tier,
    CAST(COUNT(*) AS BIGINT) AS customers,
    CAST(SUM(COALESCE(later.monetary, earlier.monetary)) AS DECIMAL(18, 2)) AS revenue
FROM segmented_customers AS later
FULL OUTER JOIN earlier_customers AS earlier ON later.customer_id = earlier.customer_id
GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9
