-- unknown_places: the places with a margin of their own where nobody has bought.
-- grain   one row per such place
-- reads   place_margins, place_days
SELECT place_margins.place
FROM place_margins
LEFT JOIN place_days ON place_margins.place = LOWER(CASE WHEN TRUE THEN store ELSE channel END)
GROUP BY place_margins.place
HAVING COUNT(place_days.customer_id) = 0
ORDER BY place NULLS LAST
