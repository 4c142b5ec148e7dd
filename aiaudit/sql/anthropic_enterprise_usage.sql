-- anthropic_enterprise_usage: one row per bucket or user and group; the four inputs are disjoint
-- Groups of users overlap: their rows would add up to more than the organisation.
SELECT
    starting_at                                             AS started_at,
    ending_at                                               AS ended_at,
    'anthropic'                                             AS provider,
    organization_id                                         AS billing_account,
    model                                                   AS model_raw,
    'chat'                                                  AS operation,
    requests,
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
    who                                                     AS user_id,
    coalesce(workspace_id, product)                         AS project,
    api_key_id                                              AS api_key,
    concat_ws('|', coalesce(model, '-'), coalesce(product, '-'), coalesce(workspace_id, '-'),
        coalesce(api_key_id, '-'), coalesce(who, '-'), coalesce(service_tier, '-'),
        coalesce(context_window, '-'), coalesce(inference_geo, '-'), coalesce(speed, '-')) AS natural_id,
    CASE
        WHEN idle = 'true'        THEN 'idle bucket'
        WHEN rbac_group_id <> ''  THEN 'groups of users overlap'
    END                                                     AS ignored
FROM export
