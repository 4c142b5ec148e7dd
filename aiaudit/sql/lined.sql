-- lined: one row per priced part of a line: the line itself, and calls of other models inside it.
SELECT
    CAST(c."row" AS VARCHAR) || '/' || CAST(c.part AS VARCHAR) AS call_id,
    c."row",
    c.part,
    i.offering,
    i.rule,
    i.did_you_mean,
    c.started_at,
    c.rate_class,
    lower(c.region) AS region,
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
    c.unsplit,
    CAST(NULL AS BOOLEAN) AS billable,
    CASE
        WHEN c.malformed THEN 'not a JSON object'
        WHEN c.stamp IS NULL THEN 'no timestamp'
        WHEN c.started_at IS NULL THEN 'the timestamp is not a time'
        WHEN c.bad_batch THEN 'batch is neither true nor false'
        WHEN c.usage IS NULL THEN 'no usage object'
        WHEN c.convention IS NULL AND c.stated IS NOT NULL THEN 'unknown convention'
        WHEN c.convention IS NULL THEN 'the usage object is not recognised: name its convention'
        WHEN c.bad_counter IS NOT NULL
        THEN c.bad_counter || ' is negative or not a whole number'
        WHEN coalesce(
            c.input_uncached, c.cache_read, c.cache_write_5m, c.cache_write_1h, c.output,
            c.web_searches, c.images
        ) IS NULL AND c.invalid IS NULL THEN 'no counters in the usage object'
        ELSE c.invalid
    END AS invalid
FROM counted AS c
LEFT JOIN identified AS i
    ON i.provider IS NOT DISTINCT FROM c.provider
    AND i.model_raw IS NOT DISTINCT FROM c.model_raw
    AND c.started_at >= i.valid_from
    AND c.started_at < i.valid_to
