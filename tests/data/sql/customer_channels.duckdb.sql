-- customer_channels: the channel through which each customer came: of the first purchase day, and of several that of most money.
-- grain   one row per customer with a purchase
-- reads   place_days, segmented_customers
-- note    spellings that differ in the case of letters are one channel, under the first of them
-- units   month is the first day of the month of the first purchase; monetary and clv_12m in the client's currency; margin share of monetary
SELECT
    customer_id,
    segment,
    clv_tier,
    month,
    COALESCE(channel, '(unknown)') AS channel,
    monetary,
    margin,
    clv_12m
FROM (
    SELECT
        customer_id,
        segment,
        clv_tier,
        month,
        channel,
        monetary,
        margin,
        clv_12m,
        ROW_NUMBER() OVER (PARTITION BY customer_id ORDER BY net DESC NULLS LAST, channel NULLS LAST) AS place
    FROM (
        SELECT
            customer.customer_id,
            customer.segment,
            customer.clv_tier,
            CAST(DATE_TRUNC('month', customer.first_order) AS DATE) AS month,
            MIN(day.channel) AS channel,
            customer.monetary,
            customer.margin,
            customer.clv_12m,
            SUM(day.net) AS net
        FROM segmented_customers AS customer
        INNER JOIN place_days AS day ON customer.customer_id = day.customer_id AND customer.first_order = day.order_date
        GROUP BY customer.customer_id, customer.segment, customer.clv_tier, CAST(DATE_TRUNC('month', customer.first_order) AS DATE), LOWER(day.channel), customer.monetary, customer.margin, customer.clv_12m
    ) AS first_days
) AS ranked
WHERE place = 1
