-- customer_features: each customer with its scores and its place among the others.
-- grain   one row per customer with a purchase
-- reads   customer_scores
-- units   x1, x2, …: scaled features, as whole numbers of a small unit, so that sums of them are exact; bucket from 0, by the MD5 of the customer's id where there is more than one
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
    r,
    f,
    m,
    quartile_score,
    overall_score,
    composite_score,
    CAST(<bucket> AS INTEGER) AS bucket,
    <features>
FROM customer_scores
