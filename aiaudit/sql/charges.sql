-- charges: one row per billed line that is no copy of another and began in [since, until)
SELECT c.* EXCLUDE (family)
FROM taken_charges AS c
LEFT JOIN duplicates AS d ON d.source_id = c.source_id AND d.row = c.row
WHERE d.row IS NULL
    AND c.charge_start >= coalesce(CAST($since AS TIMESTAMP), c.charge_start)
    AND c.charge_start < coalesce(CAST($until AS TIMESTAMP), c.charge_start + INTERVAL 1 DAY)
