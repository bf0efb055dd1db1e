-- experiments: who gets what. In each segment customers are ranked by a hash of the experiment's name and their own, and the arms take ranks one after another.
-- grain   one row per customer of the segments in experiment_arms
-- reads   customer_segments, experiment_arms
-- note    MD5 is the same text on every engine; a rank is the customer's whatever the order of the rows
SELECT
    DATE '2026-01-31' AS as_of,
    'spring' AS experiment,
    ranked.customer_id,
    ranked.segment,
    arms.arm,
    arms.share
FROM (
    SELECT
        customer_id,
        segment,
        CAST(ROW_NUMBER() OVER (PARTITION BY segment ORDER BY MD5(CONCAT('spring', ':', customer_id)) NULLS FIRST, customer_id NULLS FIRST) AS BIGINT) AS place
    FROM customer_segments
    WHERE as_of = DATE '2026-01-31'
) AS ranked
INNER JOIN experiment_arms AS arms ON ranked.segment = arms.segment AND ranked.place >= arms.first_place AND ranked.place <= arms.last_place
