-- baseline_scenario: one row per call as it was made, with what decides its price
SELECT
    c.call_id,
    c.offering,
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
FROM calls AS c
