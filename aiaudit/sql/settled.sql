-- settled: one row per call or bucket that is no copy of another, with what is priced and who bills
SELECT
    c.* EXCLUDE (call_id, family, provider),
    CASE
        WHEN c.grain = 'call' AND c.natural_id IS NOT NULL THEN concat(c.family, ':', c.natural_id)
        ELSE concat(left(sha256(concat(s.sha256, s.reader)), 16), ':', c.row)
    END                                                                             AS call_id,
    coalesce(CASE WHEN i.offering IS NOT NULL THEN i.billing_provider END, c.provider) AS provider,
    i.offering,
    i.model
FROM taken_calls AS c
JOIN sources AS s ON s.source_id = c.source_id
LEFT JOIN duplicates AS d ON d.source_id = c.source_id AND d.row = c.row
LEFT JOIN identified AS i
    ON  i.provider IS NOT DISTINCT FROM c.provider
    AND i.model_raw IS NOT DISTINCT FROM c.model_raw
    AND c.started_at >= coalesce(i.valid_from, c.started_at)
    AND (c.started_at < i.valid_to OR i.valid_to IS NULL)
WHERE d.row IS NULL
