-- customer_scores: each customer's scores, cut at points that were found from measure_values. Equal values get equal scores.
-- grain   one row per customer with a purchase
-- reads   customer_summary
-- units   r, f, m from 1 to :bins, the best; quartile_score 3 to 12; overall_score 0 to 9; composite_score 0 to 3
SELECT
    customer_id,
    first_order,
    last_order,
    recency_days,
    frequency,
    monetary,
    purchase_days,
    repeat_spend,
    year_spend,
    :bins - {{count_above(recency_days, :recency_cuts)}} AS r,
    1 + {{count_above(frequency, :frequency_cuts)}} AS f,
    1 + {{count_above(monetary, :monetary_cuts)}} AS m,
    (4 - {{count_above(recency_days, :recency_quartiles)}}) + (1 + {{count_above(frequency, :frequency_quartiles)}}) + (1 + {{count_above(monetary, :monetary_quartiles)}}) AS quartile_score,
    (:recency_classes - {{count_above(recency_days, :recency_breaks)}}) + {{count_above(frequency, :frequency_breaks)}} + {{count_above(monetary, :monetary_breaks)}} AS overall_score,
    COALESCE(CAST(:recency_max - recency_days AS DOUBLE) / NULLIF(:recency_range, CAST(0 AS DOUBLE)), CAST(0 AS DOUBLE))
        + COALESCE(CAST(frequency - :frequency_min AS DOUBLE) / NULLIF(:frequency_range, CAST(0 AS DOUBLE)), CAST(0 AS DOUBLE))
        + COALESCE(CAST(monetary - :monetary_min AS DOUBLE) / NULLIF(:monetary_range, CAST(0 AS DOUBLE)), CAST(0 AS DOUBLE)) AS composite_score
FROM customer_summary
WHERE frequency > 0
