-- earlier_summary: customer_summary as it was on :earlier.
-- grain   one row per customer with a line on or before the day of the run; frequency is 0 if there is no purchase day up to :earlier
-- reads   customer_sums
-- units   those of customer_summary; year_spend is unknown, and nothing that is told of an earlier day needs it
SELECT
    customer_id,
    first_order,
    last_order_then AS last_order,
    CAST({{days_between(last_order_then, :earlier)}} AS INTEGER) AS recency_days,
    frequency_then AS frequency,
    monetary_then AS monetary,
    purchase_days_then AS purchase_days,
    repeat_spend_then AS repeat_spend,
    CAST(NULL AS DECIMAL(18, 2)) AS year_spend
FROM customer_sums
