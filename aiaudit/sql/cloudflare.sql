-- cloudflare: one row per request in the gateway's log; caches of the provider are not told
SELECT
    id                                                                  AS natural_id,
    coalesce(created_at, "timestamp")                                   AS started_at,
    replace(lower(nullif(provider, '')), '-', '_')                      AS provider,
    'cloudflare'                                                        AS gateway,
    model                                                               AS model_raw,
    CASE
        WHEN lower(concat_ws(' ', model_type, path)) LIKE '%embed%'     THEN 'embedding'
        WHEN lower(concat_ws(' ', model_type, path)) LIKE '%image%'     THEN 'image'
        WHEN regexp_matches(lower(concat_ws(' ', model_type, path)), 'speech|audio|transcription') THEN 'audio'
        WHEN lower(concat_ws(' ', model_type, path)) LIKE '%rerank%'    THEN 'rerank'
        ELSE 'chat'
    END                                                                 AS operation,
    '1'                                                                 AS requests,
    nullif(tokens_in, '')                                               AS input,
    nullif(tokens_out, '')                                              AS output,
    TRY_CAST(duration AS BIGINT)                                        AS latency_ms,
    lower(cached) = 'true'                                              AS gateway_cache_hit,
    CASE WHEN lower(cached) = 'true' THEN FALSE END                     AS billable,
    cost                                                                AS stated_cost,
    nullif(gateway, '')                                                 AS project,
    status_code                                                         AS code,
    CASE lower(success) WHEN 'true' THEN FALSE WHEN 'false' THEN TRUE END AS failed,
    CAST(NULL AS VARCHAR)                                               AS caller,
    metadata                                                            AS labels,
    CAST(NULL AS VARCHAR)                                               AS slug,
    -- A head that is cut is no JSON, and says nothing.
    CASE WHEN json_valid(asked) THEN CAST(asked AS JSON) END            AS asked
FROM export
