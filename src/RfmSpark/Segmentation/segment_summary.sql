-- segment_summary: each segment of each way to segment, described.
-- grain   one row per as_of, scheme (rfm, persona, value_segment, sub_segment, clv_tier, persona_clv_tier, store, store_rfm), segment and part with a customer
-- reads   segmented_customers, customer_stores (empty where orders name no store)
-- note    such a total is near a gamma distribution, whose quantiles Wilson and Hilferty (1931) put at mean × (1 - noise / 9 ± z √noise / 3)³; of too few customers (noise above 1) that is not so, and there is no interval
-- units   shares 0 to 1; recency days; money in the client's currency; repeat_rate is the share of customers with more than one order; noise is the variance of the total of clv_12m, by its customers' own chance and by how the parameters could be off for all of them together, over its square
SELECT
    :as_of AS as_of,
    scheme,
    segment,
    part,
    customers,
    CAST(customers AS DOUBLE) / CAST(SUM(customers) OVER (PARTITION BY scheme) AS DOUBLE) AS share,
    revenue,
    CAST(revenue AS DOUBLE) / NULLIF(CAST(SUM(revenue) OVER (PARTITION BY scheme) AS DOUBLE), CAST(0 AS DOUBLE)) AS revenue_share,
    CAST(days AS DOUBLE) / CAST(customers AS DOUBLE) AS recency_mean,
    recency_median,
    CAST(orders AS DOUBLE) / CAST(customers AS DOUBLE) AS frequency_mean,
    frequency_median,
    {{money_per(revenue, customers)}} AS monetary_mean,
    CAST(CAST(cents_median AS DECIMAL(18, 1)) * CAST(0.01 AS DECIMAL(3, 2)) AS DECIMAL(18, 2)) AS monetary_median,
    {{money_per(revenue, orders)}} AS avg_order_value,
    CAST(repeaters AS DOUBLE) / CAST(customers AS DOUBLE) AS repeat_rate,
    CAST(alive AS DOUBLE) / NULLIF(CAST(known AS DOUBLE) * 1e10, CAST(0 AS DOUBLE)) AS p_alive,
    clv_3m,
    clv_12m,
    -- To nine digits, which sums of doubles have in whatever order they are added up.
    {{money_of(CAST(clv_12m AS DOUBLE) * POWER(FLOOR((1 - noise / 9 - 1.959963984540054 * SQRT(noise) / 3) * 1e9 + 0.5) * 1e-9, 3))}} AS clv_12m_total_low,
    {{money_of(CAST(clv_12m AS DOUBLE) * POWER(FLOOR((1 - noise / 9 + 1.959963984540054 * SQRT(noise) / 3) * 1e9 + 0.5) * 1e-9, 3))}} AS clv_12m_total_high,
    revenue_at_risk
FROM (
    SELECT
        scheme, segment, part, customers, revenue, days, orders, repeaters, alive, known, clv_3m, clv_12m, revenue_at_risk, recency_median, frequency_median, cents_median,
        CASE WHEN total_variance <= CAST(clv_12m AS DOUBLE) * CAST(clv_12m AS DOUBLE) THEN total_variance / GREATEST(CAST(clv_12m AS DOUBLE) * CAST(clv_12m AS DOUBLE), CAST(1e-9 AS DOUBLE)) END AS noise
    FROM (
        SELECT
            CASE
                WHEN {{is_of_store}} AND GROUPING(segment) = 0 THEN 'store_rfm'
                WHEN {{is_of_store}} THEN 'store'
                WHEN GROUPING(persona) = 0 AND GROUPING(clv_tier) = 0 THEN 'persona_clv_tier'
                WHEN GROUPING(segment) = 0 THEN 'rfm'
                WHEN GROUPING(persona) = 0 THEN 'persona'
                WHEN GROUPING(value_segment) = 0 THEN 'value_segment'
                WHEN GROUPING(sub_segment) = 0 THEN 'sub_segment'
                ELSE 'clv_tier'
            END AS scheme,
            CASE WHEN {{is_of_store}} THEN {{store}} ELSE COALESCE(persona, segment, value_segment, sub_segment, clv_tier) END AS segment,
            CASE WHEN {{is_of_store}} THEN segment WHEN GROUPING(persona) = 0 THEN clv_tier END AS part,
            CAST(COUNT(*) AS BIGINT) AS customers,
            CAST({{whole_sum(cents)}} * CAST(0.01 AS DECIMAL(3, 2)) AS DECIMAL(18, 2)) AS revenue,
            CAST(SUM(CAST(recency_days AS BIGINT)) AS BIGINT) AS days,
            CAST(SUM(CAST(frequency AS BIGINT)) AS BIGINT) AS orders,
            CAST(SUM(CASE WHEN frequency > 1 THEN 1 ELSE 0 END) AS BIGINT) AS repeaters,
            {{whole_sum(alive)}} AS alive,
            COUNT(alive) AS known,
            CAST({{whole_sum(clv_3m_cents)}} * CAST(0.01 AS DECIMAL(3, 2)) AS DECIMAL(18, 2)) AS clv_3m,
            CAST({{whole_sum(clv_12m_cents)}} * CAST(0.01 AS DECIMAL(3, 2)) AS DECIMAL(18, 2)) AS clv_12m,
            CAST({{whole_sum(revenue_at_risk_cents)}} * CAST(0.01 AS DECIMAL(3, 2)) AS DECIMAL(18, 2)) AS revenue_at_risk,
            CASE WHEN COUNT(clv_variance) = COUNT(clv_12m_cents) THEN
                SUM(clv_variance)
                + SUM(clv_moves_1) * SUM(clv_moves_1)
                + SUM(clv_moves_2) * SUM(clv_moves_2)
                + SUM(clv_moves_3) * SUM(clv_moves_3)
                + SUM(clv_moves_4) * SUM(clv_moves_4)
                + SUM(clv_moves_5) * SUM(clv_moves_5)
                + SUM(clv_moves_6) * SUM(clv_moves_6)
            END AS total_variance,
            {{median(recency_days)}} AS recency_median,
            {{median(frequency)}} AS frequency_median,
            {{median(cents)}} AS cents_median
        FROM (
            -- Whole cents, and whole units of 1e-10 of a chance: each customer is added up in every set, and whole numbers are added faster than decimals.
            SELECT
                segment, persona, value_segment, sub_segment, clv_tier, store, recency_days, frequency,
                CAST(monetary * 100 AS BIGINT) AS cents,
                CAST(FLOOR(p_alive * 1e10 + 0.5) AS BIGINT) AS alive,
                CAST(clv_3m * 100 AS BIGINT) AS clv_3m_cents,
                CAST(clv_12m * 100 AS BIGINT) AS clv_12m_cents,
                CAST(revenue_at_risk * 100 AS BIGINT) AS revenue_at_risk_cents,
                clv_variance, clv_moves_1, clv_moves_2, clv_moves_3, clv_moves_4, clv_moves_5, clv_moves_6
            FROM segmented_customers
            LEFT JOIN customer_stores ON segmented_customers.customer_id = customer_stores.customer_id
        ) AS customers
        GROUP BY GROUPING SETS ((segment), (persona), (value_segment), (sub_segment), (clv_tier), (persona, clv_tier){{store_sets}})
    ) AS grouped
    WHERE segment IS NOT NULL AND (scheme NOT IN ('store_rfm', 'persona_clv_tier') OR part IS NOT NULL)
) AS described
