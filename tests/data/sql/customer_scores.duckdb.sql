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
    4 - (CASE WHEN recency_days > 1 THEN 1 ELSE 0 END + CASE WHEN recency_days > 2.5 THEN 1 ELSE 0 END) AS r,
    1 + (CASE WHEN frequency > 1 THEN 1 ELSE 0 END + CASE WHEN frequency > 2.5 THEN 1 ELSE 0 END) AS f,
    1 + (CASE WHEN monetary > 1 THEN 1 ELSE 0 END + CASE WHEN monetary > 2.5 THEN 1 ELSE 0 END) AS m,
    (4 - (CASE WHEN recency_days > 1 THEN 1 ELSE 0 END + CASE WHEN recency_days > 2.5 THEN 1 ELSE 0 END)) + (1 + (CASE WHEN frequency > 1 THEN 1 ELSE 0 END + CASE WHEN frequency > 2.5 THEN 1 ELSE 0 END)) + (1 + (CASE WHEN monetary > 1 THEN 1 ELSE 0 END + CASE WHEN monetary > 2.5 THEN 1 ELSE 0 END)) AS quartile_score,
    (4 - (CASE WHEN recency_days > 1 THEN 1 ELSE 0 END + CASE WHEN recency_days > 2.5 THEN 1 ELSE 0 END)) + (CASE WHEN frequency > 1 THEN 1 ELSE 0 END + CASE WHEN frequency > 2.5 THEN 1 ELSE 0 END) + (CASE WHEN monetary > 1 THEN 1 ELSE 0 END + CASE WHEN monetary > 2.5 THEN 1 ELSE 0 END) AS overall_score,
    COALESCE(CAST(4 - recency_days AS DOUBLE) / NULLIF(CAST('364' AS DOUBLE), CAST(0 AS DOUBLE)), CAST(0 AS DOUBLE))
        + COALESCE(CAST(frequency - 4 AS DOUBLE) / NULLIF(CAST('364' AS DOUBLE), CAST(0 AS DOUBLE)), CAST(0 AS DOUBLE))
        + COALESCE(CAST(monetary - -3.75 AS DOUBLE) / NULLIF(CAST('364' AS DOUBLE), CAST(0 AS DOUBLE)), CAST(0 AS DOUBLE)) AS composite_score
FROM customer_summary
WHERE frequency > 0
