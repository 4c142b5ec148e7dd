-- anthropic_usage: one row per bucket and group of the usage report; the four inputs are disjoint
SELECT
    starting_at                                             AS started_at,
    ending_at                                               AS ended_at,
    'anthropic'                                             AS provider,
    model                                                   AS model_raw,
    'chat'                                                  AS operation,
    uncached_input_tokens                                   AS input_uncached,
    cache_read_input_tokens                                 AS cache_read,
    cache_write,
    cache_write_5m,
    cache_write_1h,
    output_tokens                                           AS output,
    web_searches,
    CASE
        WHEN lower(speed) = 'fast'                             THEN 'fast'
        WHEN lower(service_tier) IN ('flex', 'flex_discount')  THEN 'flex'
        WHEN lower(service_tier) = 'priority_on_demand'        THEN 'priority'
        WHEN service_tier <> ''                                THEN lower(service_tier)
    END                                                     AS rate_class,
    nullif(nullif(inference_geo, 'not_available'), '')      AS region,
    coalesce(account_id, service_account_id)                AS user_id,
    workspace_id                                            AS project,
    api_key_id                                              AS api_key,
    concat_ws('|', coalesce(model, '-'), coalesce(workspace_id, '-'), coalesce(api_key_id, '-'),
        coalesce(account_id, '-'), coalesce(service_account_id, '-'), coalesce(service_tier, '-'),
        coalesce(context_window, '-'), coalesce(inference_geo, '-'), coalesce(speed, '-')) AS natural_id,
    CASE WHEN idle = 'true' THEN 'idle bucket' END          AS ignored
FROM export
