-- export_only: one row per group in which a usage export shows more than the logs that it covers
WITH excess AS (
    SELECT
        m.*,
        timezone('UTC', timezone(coalesce(z.zone, 'UTC'), CAST(m."day" AS TIMESTAMP))) AS started_at
    FROM metering AS m
    LEFT JOIN billing_zones AS z ON z.provider = m.provider
    WHERE m.logged AND m.exported
        AND coalesce(m.export_only_requests, 0) + coalesce(m.export_only_input_uncached, 0)
            + coalesce(m.export_only_cache_read, 0) + coalesce(m.export_only_cache_write_5m, 0)
            + coalesce(m.export_only_cache_write_1h, 0) + coalesce(m.export_only_output, 0)
            + coalesce(m.export_only_web_searches, 0) + coalesce(m.export_only_images, 0) > 0
)
SELECT
    -row_number() OVER (
        ORDER BY provider, billing_account NULLS FIRST, offering, "day", rate_class NULLS FIRST
    )                                          AS call_id,
    source_id,
    'bucket'                                   AS grain,
    started_at,
    started_at + INTERVAL 1 DAY                AS ended_at,
    provider,
    billing_account,
    model_raw,
    operation,
    export_only_requests                       AS requests,
    export_only_input_uncached                 AS input_uncached,
    export_only_cache_read                     AS cache_read,
    export_only_cache_write_5m                 AS cache_write_5m,
    export_only_cache_write_1h                 AS cache_write_1h,
    export_only_output                         AS output,
    export_only_web_searches                   AS web_searches,
    export_only_images                         AS images,
    export_only_audio_input                    AS audio_input,
    export_only_audio_cache_read               AS audio_cache_read,
    export_only_audio_output                   AS audio_output,
    export_only_image_input                    AS image_input,
    export_only_image_output                   AS image_output,
    export_only_reasoning                      AS reasoning,
    rate_class,
    CASE WHEN identified THEN offering END     AS offering,
    model,
    'export_only'                              AS origin
FROM excess
WHERE started_at >= coalesce(CAST($since AS TIMESTAMP), started_at)
    AND started_at < coalesce(CAST($until AS TIMESTAMP), started_at + INTERVAL 1 DAY)
