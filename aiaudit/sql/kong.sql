-- kong: one row per model call that one of the gateway's plugins made for a request
SELECT
    concat_ws('/', request_id, plugin)                                  AS natural_id,
    started_at,
    lower(provider)                                                     AS provider,
    'kong'                                                              AS gateway,
    coalesce(nullif(response_model, ''), request_model)                 AS model_raw,
    CASE
        WHEN uri LIKE '%embed%'                                         THEN 'embedding'
        WHEN uri LIKE '%image%'                                         THEN 'image'
        WHEN uri LIKE '%audio%'                                         THEN 'audio'
        ELSE 'chat'
    END                                                                 AS operation,
    '1'                                                                 AS requests,
    prompt_tokens                                                       AS input,
    completion_tokens                                                   AS output,
    total_tokens                                                        AS total,
    TRY_CAST(TRY_CAST(llm_latency AS DECIMAL(18,3)) AS BIGINT)          AS latency_ms,
    lower(cache_status) = 'hit'                                         AS gateway_cache_hit,
    CASE WHEN lower(cache_status) = 'hit' THEN FALSE END                AS billable,
    cost                                                                AS stated_cost,
    service                                                             AS project,
    code,
    CAST(NULL AS BOOLEAN)                                               AS failed,
    consumer                                                            AS caller,
    CAST(NULL AS JSON)                                                  AS labels,
    route                                                               AS slug,
    CASE WHEN json_valid(payload) THEN CAST(payload AS JSON) END        AS asked,
    CASE WHEN plugin IS NULL AND request_id IS NOT NULL THEN 'line of another service' END AS ignored
FROM export
