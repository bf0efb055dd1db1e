-- orders_rejected: why records were rejected, how many, and whole records as samples.
-- grain   one row per reason and sample; sample 0 alone, without a record, for rows that were only counted
-- reads   rejected_counts, rejected_samples
SELECT
    DATE '2026-01-31' AS as_of,
    counts.reason,
    counts.lines,
    COALESCE(samples.sample, 0) AS sample,
    samples.source,
    samples.content
FROM rejected_counts AS counts
LEFT JOIN rejected_samples AS samples ON counts.reason = samples.reason
