-- customer_summary: what each customer has bought up to :as_of.
-- grain   one row per customer with a line on or before :as_of; frequency is 0 if there is no purchase day among them
-- reads   customer_sums
-- units   recency whole days; the others those of customer_sums
SELECT
    customer_id,
    first_order,
    last_order,
    CAST(CAST(datediff(DATE '2026-01-31', last_order) AS BIGINT) AS INTEGER) AS recency_days,
    frequency,
    monetary,
    purchase_days,
    repeat_spend,
    year_spend
FROM customer_sums
