-- price_sums: how quantities go with prices within products, summed over the products.
-- grain   one row per segment, and one without a segment for all customers
-- reads   product_lines, segmented_customers
-- units   sums of squares and products of deviations from the product's mean, of natural logarithms of the price paid for one and of the quantity
SELECT
    segment,
    CAST(COUNT(*) AS BIGINT) AS products,
    CAST(SUM(CASE WHEN price_variance > 1e-12 THEN 1 ELSE 0 END) AS BIGINT) AS moving_products,
    CAST(SUM(lines) AS BIGINT) AS lines,
    CAST(SUM(lines * price_variance) AS DOUBLE) AS prices,
    CAST(SUM(lines * covariance) AS DOUBLE) AS products_of_both,
    CAST(SUM(lines * quantity_variance) AS DOUBLE) AS quantities
FROM (
    SELECT
        segment,
        product,
        COUNT(*) AS lines,
        VAR_POP(log_price) AS price_variance,
        COVAR_POP(log_price, log_quantity) AS covariance,
        VAR_POP(log_quantity) AS quantity_variance
    FROM (
        SELECT
            customer.segment,
            line.product,
            LN(CAST(line.amount AS DOUBLE) / CAST(line.quantity AS DOUBLE)) AS log_price,
            LN(CAST(line.quantity AS DOUBLE)) AS log_quantity
        FROM product_lines AS line
        INNER JOIN segmented_customers AS customer ON line.customer_id = customer.customer_id
        WHERE line.order_date <= :as_of AND line.amount > 0 AND line.quantity > 0 AND line.product IS NOT NULL
    ) AS logarithms
    GROUP BY GROUPING SETS ((segment, product), (product))
) AS by_product
WHERE lines > 1
GROUP BY segment
