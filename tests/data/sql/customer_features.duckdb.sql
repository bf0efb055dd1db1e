-- customer_features: each customer with its scores and its place among the others.
-- grain   one row per customer with a purchase
-- reads   customer_scores
-- units   x1, x2, …: scaled features, as whole numbers of a small unit, so that sums of them are exact
SELECT
    customer_id,
    first_order,
    last_order,
    recency_days,
    frequency,
    monetary,
    r,
    f,
    m,
    quartile_score,
    overall_score,
    composite_score,
    <features>
FROM customer_scores
