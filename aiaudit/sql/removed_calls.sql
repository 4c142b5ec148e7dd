-- removed_calls: one row per call or bucket that is not counted, since it stands elsewhere, with what prices it
SELECT
    row_number() OVER (ORDER BY o.rule, s.sha256, c.row, s.source_id) AS call_id,
    o.rule,
    i.offering,
    c.started_at,
    c.rate_class,
    c.region,
    c.requests,
    c.input_uncached,
    c.cache_read,
    c.cache_write_5m,
    c.cache_write_1h,
    c.output,
    c.web_searches,
    c.images,
    c.audio_input,
    c.audio_cache_read,
    c.audio_output,
    c.image_input,
    c.image_output,
    c.reasoning,
    c.billable,
    c.invalid
FROM (
    SELECT source_id, row, rule FROM duplicates
    UNION ALL
    SELECT source_id, row, 'logs beside an export' AS rule FROM met_buckets
) AS o
JOIN taken_calls AS c ON c.source_id = o.source_id AND c.row = o.row
JOIN sources AS s ON s.source_id = c.source_id
LEFT JOIN identified AS i
    ON  i.provider IS NOT DISTINCT FROM c.provider
    AND i.model_raw IS NOT DISTINCT FROM c.model_raw
    AND c.started_at >= coalesce(i.valid_from, c.started_at)
    AND (c.started_at < i.valid_to OR i.valid_to IS NULL)
