-- customer_stores: the store in which each customer has spent most; of equals the first by name.
-- grain   one row per customer whose lines up to :as_of name a store
-- reads   place_days
SELECT
    customer_id,
    store
FROM (
    SELECT
        customer_id,
        store,
        ROW_NUMBER() OVER (PARTITION BY customer_id ORDER BY net DESC NULLS LAST, store NULLS LAST) AS place
    FROM (
        SELECT
            customer_id,
            store,
            SUM(net) AS net
        FROM place_days
        WHERE order_date <= :as_of AND store IS NOT NULL
        GROUP BY customer_id, store
    ) AS spent
) AS ranked
WHERE place = 1
