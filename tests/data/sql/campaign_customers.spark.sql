-- campaign_customers: how many customers each segment of the campaigns has in each tier, and what they have ordered.
-- grain   one row per segment (persona if :by_persona) and tier
-- reads   segmented_customers
-- units   orders; revenue, spent (that of customers who have not given back all of theirs) and earned (the margin of spent) in the client's currency; tier is Small for customers without one
SELECT
    CASE WHEN TRUE THEN persona ELSE segment END AS segment,
    COALESCE(clv_tier, 'Small') AS tier,
    CAST(COUNT(*) AS BIGINT) AS customers,
    CAST(SUM(CAST(frequency AS BIGINT)) AS BIGINT) AS orders,
    CAST(SUM(monetary) AS DECIMAL(18, 2)) AS revenue,
    CAST(SUM(CASE WHEN monetary > 0 THEN monetary ELSE 0 END) AS DECIMAL(18, 2)) AS spent,
    CAST(SUM(CASE WHEN monetary > 0 THEN CAST(monetary AS DECIMAL(20, 2)) * CAST(margin AS DECIMAL(9, 6)) ELSE 0 END) AS DECIMAL(38, 8)) AS earned
FROM segmented_customers
GROUP BY CASE WHEN TRUE THEN persona ELSE segment END, COALESCE(clv_tier, 'Small')
