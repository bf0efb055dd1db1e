-- experiment_records: one outcome of each record of a file, in the form of experiment_outcomes.
-- grain   one row per record
-- reads   experiment_file (the file, under our names of the columns)
-- units   value and value_before as the file has them; NULL where they are no numbers
SELECT
    '' AS segment,
    <arm> AS arm,
    'spring' AS outcome,
    <value> AS value,
    <value_before> AS value_before
FROM experiment_file
