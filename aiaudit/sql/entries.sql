-- entries: one row per bucket or charge of an export, with what tells it apart and how much it is
SELECT
    c.source_id, c.row, c.family, c.natural_id, s.sha256, s.reader, s.period_end,
    c.started_at, c.ended_at,
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
    coalesce(c.exported_at, s.period_end) AS period_end,
    c.charge_start, c.charge_end, c.billed_cost
FROM taken_charges AS c
JOIN sources AS s ON s.source_id = c.source_id
LEFT JOIN copied_files AS f ON f.source_id = c.source_id
WHERE c.natural_id IS NOT NULL AND f.source_id IS NULL
