-- portkey: one row per request, from Portkey's log export or its analytics records
-- The export states its cost in cents, whatever its currency column says; the unit of an analytics
-- record (told by `is_success`) is not known, so its cost is left out.
SELECT
    nullif(id, '')                                                      AS natural_id,
    coalesce(json_extract_string(response, '$.id'),
        json_extract_string(response, '$.responseId'))                  AS response_id,
    created_at                                                          AS started_at,
    replace(lower(nullif(ai_org, '')), '-', '_')                        AS provider,
    'portkey'                                                           AS gateway,
    coalesce(json_extract_string(response, '$.model'), ai_model)        AS model_raw,
    CASE
        WHEN request_url LIKE '%embed%'                                 THEN 'embedding'
        WHEN request_url LIKE '%/images/%'                              THEN 'image'
        WHEN request_url LIKE '%/audio/%'                               THEN 'audio'
        WHEN request_url LIKE '%/rerank%'                               THEN 'rerank'
        ELSE 'chat'
    END                                                                 AS operation,
    '1'                                                                 AS requests,
    CAST(NULL AS VARCHAR)                                               AS images,
    TRY_CAST(response_time AS BIGINT)                                   AS latency_ms,
    TRY_CAST(split_part(retry_success_count, '.', 1) AS BIGINT) + 1     AS attempt,
    lower(cache_status) IN ('hit', 'semantic hit', 'cache_hit', 'cache_semantic_hit') AS gateway_cache_hit,
    CASE WHEN lower(cache_status) IN ('hit', 'semantic hit', 'cache_hit', 'cache_semantic_hit') THEN FALSE END
                                                                        AS billable,
    CASE WHEN is_success IS NULL AND upper(coalesce(cost_currency, 'USD')) = 'USD' THEN CAST(
        TRY_CAST(cost AS DECIMAL(24,14)) * CAST('0.01' AS DECIMAL(3,2)) AS VARCHAR) END AS stated_cost,
    split_part(response_status_code, '.', 1)                            AS code,
    CASE WHEN regexp_matches(is_success, '^(0|0\.0+|false)$') THEN TRUE
        WHEN regexp_matches(is_success, '^(1|1\.0+|true)$') THEN FALSE END AS failed,
    nullif("_user", '')                                                 AS caller,
    -- Analytics hold the labels as a list of names beside a list of values.
    CASE WHEN json_type(metadata, '$.key') = 'ARRAY' AND json_type(metadata, '$.value') = 'ARRAY'
        THEN CAST(concat('{', array_to_string(list_transform(list_filter(list_zip(
            json_extract_string(metadata, '$.key[*]'), json_extract_string(metadata, '$.value[*]')),
            lambda pair: pair[1] <> '' AND pair[2] <> ''),
            lambda pair: concat(to_json(pair[1]), ':', to_json(pair[2]))), ','), '}') AS JSON)
        ELSE metadata END                                               AS labels,
    coalesce(nullif(prompt_slug, ''), "_prompt")                        AS slug,
    nullif(workspace_slug, '')                                          AS project,
    coalesce(nullif(virtual_key, ''), api_key_id)                       AS api_key,
    trace_id,
    request                                                             AS asked,
    coalesce(json_extract_string(response, '$.service_tier'),
        json_extract_string(response, '$.usage.service_tier'))          AS tier,
    CAST(NULL AS VARCHAR)                                               AS told,
    coalesce(
        CASE WHEN json_type(response, '$.usage') = 'OBJECT' THEN json_extract(response, '$.usage') END,
        json_extract(response, '$.usageMetadata'),
        json_object('prompt_tokens', nullif(req_units, ''), 'completion_tokens', nullif(res_units, ''),
            'total_tokens', nullif(total_units, '')))                   AS usage
FROM export
