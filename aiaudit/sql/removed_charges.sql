-- removed_charges: one row per rule, currency and day, with the charges that are not counted, since they stand elsewhere
SELECT
    d.rule,
    c.currency,
    date_trunc('day', c.charge_start) AS "day",
    count(*)                          AS charges,
    sum(c.billed_cost)                AS billed_cost
FROM duplicates AS d
JOIN taken_charges AS c ON c.source_id = d.source_id AND c.row = d.row
GROUP BY d.rule, c.currency, date_trunc('day', c.charge_start)
