-- calls: one row per call, or per bucket that no log covers, that began in [since, until)
SELECT
    s.*,
    CASE WHEN s.grain = 'bucket' THEN 'bucket' ELSE 'call' END AS origin
FROM settled AS s
LEFT JOIN met_buckets AS m ON m.source_id = s.source_id AND m.row = s.row
WHERE m.row IS NULL
    AND s.started_at >= coalesce(CAST($since AS TIMESTAMP), s.started_at)
    AND s.started_at < coalesce(CAST($until AS TIMESTAMP), s.started_at + INTERVAL 1 DAY)
