-- customer_margins: the margin of what each customer has bought up to :as_of, where margins differ by place (channel, or store if :by_store).
-- grain   one row per customer with a purchase
-- reads   place_days, place_margins
-- units   share of spend, 0 to 1; :margin where a place has none of its own
SELECT
    customer_id,
    CAST(SUM(net * COALESCE(place_margins.margin, CAST(0.3 AS DECIMAL(9, 6)))) AS DOUBLE) / CAST(SUM(net) AS DOUBLE) AS margin
FROM place_days
LEFT JOIN place_margins ON place_margins.place = LOWER(CASE WHEN TRUE THEN store ELSE channel END)
WHERE net > 0 AND order_date <= DATE '2026-01-31'
GROUP BY customer_id
