-- row_counts: how many records were kept, and how many rejected for each reason.
-- grain   one row per reason; NULL for the lines that were kept
-- reads   order_lines
SELECT
    reason,
    CAST(COUNT(*) AS BIGINT) AS lines
FROM order_lines
GROUP BY reason
