-- cluster_points: what the fit needs of each customer.
-- grain   one row per customer with a purchase
-- reads   customer_features
-- units   bucket from 0 to :buckets - 1, by the MD5 of the customer's id
SELECT
    CAST(CAST('0x' || left(md5(customer_id), 6) AS INTEGER) % 4 AS INTEGER) AS bucket,
    recency_days,
    frequency,
    monetary,
    <points>
FROM customer_features
