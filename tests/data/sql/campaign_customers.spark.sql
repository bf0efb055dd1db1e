-- campaign_customers: how many customers each segment of the campaigns has in each tier, and what they have ordered.
-- grain   one row per segment (persona if :by_persona) and tier
-- reads   segmented_customers
-- units   orders; revenue and earned, its margin, in the client's currency; tier is Small for customers without one
SELECT
    CASE WHEN TRUE THEN persona ELSE segment END AS segment,
    COALESCE(clv_tier, 'Small') AS tier,
    CAST(COUNT(*) AS BIGINT) AS customers,
    CAST(SUM(CAST(frequency AS BIGINT)) AS BIGINT) AS orders,
    CAST(SUM(monetary) AS DECIMAL(18, 2)) AS revenue,
    CAST(SUM(CAST(monetary AS DOUBLE) * margin) AS DOUBLE) AS earned
FROM segmented_customers
GROUP BY CASE WHEN TRUE THEN persona ELSE segment END, COALESCE(clv_tier, 'Small')
