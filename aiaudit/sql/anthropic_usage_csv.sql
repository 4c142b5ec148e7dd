-- anthropic_usage_csv: one row per day (or hour), model, key, workspace and tier; disjoint inputs
SELECT
    usage_date_utc                                          AS started_at,
    TRY_CAST(usage_date_utc AS TIMESTAMP)
        + CASE WHEN length(usage_date_utc) > 10 THEN INTERVAL 1 HOUR ELSE INTERVAL 1 DAY END AS ended_at,
    'anthropic'                                             AS provider,
    model_version                                           AS model_raw,
    'chat'                                                  AS operation,
    usage_input_tokens_no_cache                             AS input_uncached,
    usage_input_tokens_cache_read                           AS cache_read,
    usage_input_tokens_cache_write_5m                       AS cache_write_5m,
    usage_input_tokens_cache_write_1h                       AS cache_write_1h,
    usage_output_tokens                                     AS output,
    web_search_count                                        AS web_searches,
    CASE
        WHEN lower(speed) = 'fast'                          THEN 'fast'
        WHEN lower(usage_type) IN ('message', 'standard')   THEN 'standard'
        WHEN lower(usage_type) = 'flex_discount'            THEN 'flex'
        WHEN lower(usage_type) = 'priority_on_demand'       THEN 'priority'
        WHEN usage_type <> ''                               THEN lower(usage_type)
    END                                                     AS rate_class,
    nullif(nullif(inference_geo, 'not_available'), '')      AS region,
    workspace                                               AS project,
    api_key,
    concat_ws('|', coalesce(nullif(model_version, ''), '-'), coalesce(nullif(api_key, ''), '-'),
        coalesce(nullif(workspace, ''), '-'), coalesce(nullif(usage_type, ''), '-'),
        coalesce(nullif(context_window, ''), '-'), coalesce(nullif(inference_geo, ''), '-'),
        coalesce(nullif(speed, ''), '-'))                   AS natural_id
FROM export
