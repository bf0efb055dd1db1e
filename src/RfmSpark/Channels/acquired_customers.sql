-- acquired_customers: the customers who came through each channel, by the month in which they did.
-- grain   one row per channel, month, segment and tier with such a customer
-- reads   customer_channels
-- units   revenue, earned (its margin) and clv_12m in the client's currency, up to the day that the run looks from and for the 12 months after
SELECT
    channel,
    month,
    segment,
    clv_tier,
    CAST(COUNT(*) AS BIGINT) AS customers,
    CAST(SUM(monetary) AS DECIMAL(18, 2)) AS revenue,
    CAST(SUM(CAST(monetary AS DECIMAL(20, 2)) * CAST(margin AS DECIMAL(9, 6))) AS DECIMAL(38, 8)) AS earned,
    CAST(SUM(clv_12m) AS DECIMAL(18, 2)) AS clv_12m
FROM customer_channels
GROUP BY channel, month, segment, clv_tier
