-- rejected_samples: whole records of each reason for which records were rejected, the first thousand in a fixed order.
-- grain   one row per reason and sample
-- reads   order_lines
SELECT
    reason,
    CAST(sample AS INTEGER) AS sample,
    source,
    content
FROM (
    SELECT
        reason,
        source,
        content,
        ROW_NUMBER() OVER (PARTITION BY reason ORDER BY source NULLS FIRST, content NULLS FIRST) AS sample
    FROM order_lines
    WHERE reason IS NOT NULL
) AS numbered
WHERE sample <= 1000
