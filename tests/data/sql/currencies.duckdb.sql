-- currencies: the currencies that the records name.
-- grain   one row per currency
-- reads   order_records (the files, under our names of the columns)
-- note    eur is EUR
SELECT
    currency,
    CAST(COUNT(*) AS BIGINT) AS lines
FROM (
    SELECT UPPER(NULLIF(TRIM(BOTH ' ' FROM <currency>), '')) AS currency
    FROM order_records
    WHERE fault IS NULL
) AS named
WHERE currency IS NOT NULL
GROUP BY currency
ORDER BY lines DESC NULLS LAST, currency NULLS LAST
