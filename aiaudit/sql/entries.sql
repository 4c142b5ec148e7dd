-- entries: one row per bucket or charge of an export, with what tells it apart and how much it is
-- `named` says, for each dimension in turn, whether the row names it.
SELECT
    c.source_id, c.row, c.family, c.natural_id, s.sha256, s.reader, s.period_end, c.provider,
    c.operation AS subject, c.started_at, c.ended_at,
    concat(c.model_raw IS NOT NULL, c.project IS NOT NULL, c.user_id IS NOT NULL,
        c.api_key IS NOT NULL, c.rate_class IS NOT NULL) AS named,
    CAST(coalesce(c.input_uncached, 0) + coalesce(c.cache_read, 0) + coalesce(c.cache_write_5m, 0)
        + coalesce(c.cache_write_1h, 0) + coalesce(c.output, 0) + coalesce(c.requests, 0)
        + coalesce(c.images, 0) + coalesce(c.web_searches, 0) AS DECIMAL(38, 18)) AS size
FROM taken_calls AS c
JOIN sources AS s ON s.source_id = c.source_id
LEFT JOIN copied_files AS f ON f.source_id = c.source_id
WHERE c.grain = 'bucket' AND c.natural_id IS NOT NULL AND f.source_id IS NULL
UNION ALL
SELECT
    c.source_id, c.row, c.family, c.natural_id, s.sha256, s.reader,
    coalesce(c.exported_at, s.period_end), c.provider, 'charge', c.charge_start, c.charge_end,
    concat(c.sku IS NOT NULL, c.project IS NOT NULL, c.model_raw IS NOT NULL), c.billed_cost
FROM taken_charges AS c
JOIN sources AS s ON s.source_id = c.source_id
LEFT JOIN copied_files AS f ON f.source_id = c.source_id
WHERE c.natural_id IS NOT NULL AND f.source_id IS NULL
