-- experiment_outcomes: the outcomes of each customer of an experiment, one below the other.
-- grain   one row per customer and outcome
-- reads   experiment_customers
-- units   value 0 or 1 for conversion, money for revenue; value_before money of the days before the start
SELECT
    segment,
    arm,
    'conversion' AS outcome,
    CAST(converted AS DECIMAL(18, 6)) AS value,
    revenue_before AS value_before
FROM experiment_customers
UNION ALL
SELECT
    segment,
    arm,
    'revenue' AS outcome,
    revenue AS value,
    revenue_before AS value_before
FROM experiment_customers
