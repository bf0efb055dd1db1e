-- cluster_cells: the customers of each cell of a grid over the space of features.
-- grain   one row per cell with a customer
-- reads   customer_features
-- units   key1, key2, … count cells from the corner; s1, s2, … exact sums of x1, x2, …; squares: sum of squared distances from the cell's corner
SELECT
    <keys>,
    CAST(COUNT(*) AS BIGINT) AS customers,
    <sums>,
    CAST(SUM(<squares>) AS DOUBLE) AS squares
FROM (SELECT <points>, <cut> FROM customer_features) AS cut
GROUP BY <keys>
