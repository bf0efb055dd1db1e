-- cluster_sums: what the customers of some buckets come to that are nearest to each centre. One step of the fit.
-- grain   one row per centre with a customer; label counts centres from 0, and the first of equally near ones has the customer
-- reads   fit_points, centroids (one row: the centres and the buckets)
-- units   s1, s2, … exact sums and q1, q2, … sums of squares of x1, x2, …; within: sum of squared distances from the centre
SELECT
    label,
    CAST(COUNT(*) AS BIGINT) AS customers,
    CAST(SUM(CAST(recency_days AS BIGINT)) AS BIGINT) AS days,
    CAST(SUM(CAST(frequency AS BIGINT)) AS BIGINT) AS orders,
    CAST(SUM(monetary) AS DECIMAL(18, 2)) AS revenue,
    {{sums}},
    {{squares}},
    CAST(SUM(nearest) AS DOUBLE) AS within
FROM (
    SELECT recency_days, frequency, monetary, {{points}}, {{nearest}} AS nearest, {{label}} AS label
    FROM (
        SELECT /*+ BROADCAST(centroids) */ recency_days, frequency, monetary, {{points}}, {{distances}}
        FROM fit_points
        CROSS JOIN centroids
        WHERE bucket BETWEEN first_bucket AND last_bucket
    ) AS measured
) AS labelled
GROUP BY label
