-- fit_points: the customers that centres are fitted to, without those of outlying cells.
-- grain   one row per customer in the fit
-- reads   customer_features, outlier_cells
-- units   as customer_features
SELECT
    bucket,
    recency_days,
    frequency,
    monetary,
    <points>
FROM (SELECT bucket, recency_days, frequency, monetary, <points>, <cut> FROM customer_features) AS cut
LEFT JOIN outlier_cells ON <same_cell>
WHERE outlier_cells.key1 IS NULL
