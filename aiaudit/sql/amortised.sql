-- amortised: one row per charge of which a copy, from an export of amortised cost, says what it used up
-- On the invoice what a prepayment covers costs nothing; its effective cost is in the other export.
SELECT
    d.kept_source                 AS source_id,
    d.kept_row                    AS row,
    min(c.effective_cost)         AS effective_cost,
    min(nullif(c.contracted_cost, 0)) AS contracted_cost
FROM repeated_entries AS d
JOIN taken_charges AS c ON c.source_id = d.source_id AND c.row = d.row
JOIN taken_charges AS k
    ON  k.source_id = d.kept_source AND k.row = d.kept_row AND k.natural_id = c.natural_id
    AND k.charge_start = c.charge_start
WHERE c.effective_cost IS NOT NULL OR c.contracted_cost <> 0
GROUP BY d.kept_source, d.kept_row
