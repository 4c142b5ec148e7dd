-- charges: one row per billed line that is no copy of another and began in [since, until)
SELECT
    c.* EXCLUDE (family, effective_cost, contracted_cost),
    coalesce(nullif(c.effective_cost, 0), a.effective_cost, c.effective_cost)    AS effective_cost,
    coalesce(nullif(c.contracted_cost, 0), a.contracted_cost, c.contracted_cost) AS contracted_cost,
    i.offering,
    i.billing_provider
FROM taken_charges AS c
LEFT JOIN duplicates AS d ON d.source_id = c.source_id AND d.row = c.row
LEFT JOIN amortised AS a ON a.source_id = c.source_id AND a.row = c.row
LEFT JOIN identified AS i
    ON  i.provider IS NOT DISTINCT FROM c.provider
    AND i.model_raw = c.model_raw
    AND c.charge_start >= coalesce(i.valid_from, c.charge_start)
    AND (c.charge_start < i.valid_to OR i.valid_to IS NULL)
WHERE d.row IS NULL
    AND c.charge_start >= coalesce(CAST($since AS TIMESTAMP), c.charge_start)
    AND c.charge_start < coalesce(CAST($until AS TIMESTAMP), c.charge_start + INTERVAL 1 DAY)
