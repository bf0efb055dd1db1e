-- segment_migration: how many customers have moved from where to where since an earlier day.
-- grain   one row per as_of, scheme (rfm, persona, value_segment, clv_tier), cohort, segment on :earlier and segment on :as_of with a customer
-- reads   customer_moves
-- units   rate 0 to 1, of the cohort's customers in from_segment; revenue in the client's currency
SELECT
    DATE '2026-01-31' AS as_of,
    DATE '2026-02-01' AS from_as_of,
    'spring' AS snapshot,
    scheme,
    cohort,
    from_segment,
    to_segment,
    customers,
    CAST(customers AS DOUBLE) / CAST(SUM(customers) OVER (PARTITION BY scheme, cohort, from_segment) AS DOUBLE) AS rate,
    revenue
FROM (
    SELECT
        CASE WHEN GROUPING(from_segment) = 0 THEN 'rfm' WHEN GROUPING(from_persona) = 0 THEN 'persona' WHEN GROUPING(from_value_segment) = 0 THEN 'value_segment' ELSE 'clv_tier' END AS scheme,
        cohort,
        COALESCE(from_segment, from_persona, from_value_segment, from_clv_tier, '(unknown)') AS from_segment,
        COALESCE(to_segment, to_persona, to_value_segment, to_clv_tier, '(unknown)') AS to_segment,
        CAST(SUM(customers) AS BIGINT) AS customers,
        CAST(SUM(revenue) AS DECIMAL(18, 2)) AS revenue
    FROM customer_moves
    GROUP BY GROUPING SETS ((cohort, from_segment, to_segment), (cohort, from_persona, to_persona), (cohort, from_value_segment, to_value_segment), (cohort, from_clv_tier, to_clv_tier))
) AS moved
-- Of a customer who has a segment on neither day there is nothing to tell.
WHERE from_segment NOT IN ('(new)', '(unknown)') OR to_segment NOT IN ('(lost to view)', '(unknown)')
