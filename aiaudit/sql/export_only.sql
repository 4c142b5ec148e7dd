-- export_only: one row per group in which a usage export shows more than the logs that it covers
SELECT
    -row_number() OVER (
        ORDER BY provider, billing_account NULLS FIRST, offering, "day", rate_class NULLS FIRST
    )                                          AS call_id,
    source_id,
    'bucket'                                   AS grain,
    CAST("day" AS TIMESTAMP)                   AS started_at,
    CAST("day" AS TIMESTAMP) + INTERVAL 1 DAY  AS ended_at,
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
    rate_class,
    CASE WHEN identified THEN offering END     AS offering,
    model,
    'export_only'                              AS origin
FROM metering
WHERE logged AND exported
    AND coalesce(export_only_requests, 0) + coalesce(export_only_input_uncached, 0)
        + coalesce(export_only_cache_read, 0) + coalesce(export_only_cache_write_5m, 0)
        + coalesce(export_only_cache_write_1h, 0) + coalesce(export_only_output, 0)
        + coalesce(export_only_web_searches, 0) > 0
    AND CAST("day" AS TIMESTAMP) >= coalesce(CAST($since AS TIMESTAMP), CAST("day" AS TIMESTAMP))
    AND CAST("day" AS TIMESTAMP) < coalesce(CAST($until AS TIMESTAMP), CAST("day" AS TIMESTAMP) + INTERVAL 1 DAY)
