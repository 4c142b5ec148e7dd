-- charged_usage: one row per group of charges that states its quantity, as a call that is priced by the catalogue
SELECT
    call_id,
    offering,
    started_at,
    rate_class,
    CAST(NULL AS VARCHAR) AS region,
    CASE WHEN token_class = 'requests' THEN CAST(quantity AS BIGINT) END AS requests,
    CASE WHEN token_class IN ('input_uncached', 'audio_input', 'image_input') THEN CAST(quantity AS BIGINT) ELSE 0 END AS input_uncached,
    CASE WHEN token_class IN ('cache_read', 'audio_cache_read') THEN CAST(quantity AS BIGINT) ELSE 0 END AS cache_read,
    CASE WHEN token_class = 'cache_write_5m' THEN CAST(quantity AS BIGINT) ELSE 0 END AS cache_write_5m,
    CASE WHEN token_class = 'cache_write_1h' THEN CAST(quantity AS BIGINT) ELSE 0 END AS cache_write_1h,
    CASE WHEN token_class IN ('output', 'audio_output', 'image_output') THEN CAST(quantity AS BIGINT) ELSE 0 END AS output,
    CASE WHEN token_class = 'web_searches' THEN CAST(quantity AS BIGINT) ELSE 0 END AS web_searches,
    CASE WHEN token_class = 'images' THEN CAST(quantity AS BIGINT) ELSE 0 END AS images,
    CASE WHEN token_class = 'audio_input' THEN CAST(quantity AS BIGINT) ELSE 0 END AS audio_input,
    CASE WHEN token_class = 'image_input' THEN CAST(quantity AS BIGINT) ELSE 0 END AS image_input,
    CASE WHEN token_class = 'audio_cache_read' THEN CAST(quantity AS BIGINT) ELSE 0 END AS audio_cache_read,
    CASE WHEN token_class = 'audio_output' THEN CAST(quantity AS BIGINT) ELSE 0 END AS audio_output,
    CASE WHEN token_class = 'image_output' THEN CAST(quantity AS BIGINT) ELSE 0 END AS image_output,
    TRUE                  AS billable,
    CAST(NULL AS VARCHAR) AS invalid
FROM charge_groups
WHERE identified AND token_class IS NOT NULL AND quantity >= 0
    AND quantity < 1000000000000000000
