-- helicone: one row per request that Helicone passed on, from its API or its export tool
-- The body states the provider's own usage; the columns beside do not tell whether the cache lies
-- inside the prompt: more cached than prompted shows that it does not.
SELECT
    coalesce(nullif(response_id, ''), request_id)                       AS natural_id,
    coalesce(json_extract_string(response_body, '$.id'),
        json_extract_string(response_body, '$.responseId'))             AS response_id,
    request_created_at                                                  AS started_at,
    response_created_at                                                 AS ended_at,
    CASE WHEN lower(provider) <> 'custom' THEN lower(provider) END      AS provider,
    'helicone'                                                          AS gateway,
    coalesce(nullif(response_model, ''), nullif(model_override, ''), nullif(request_model, ''), model)
                                                                        AS model_raw,
    CASE WHEN coalesce(request_path, target_url) LIKE '%embed%' THEN 'embedding' ELSE 'chat' END AS operation,
    '1'                                                                 AS requests,
    CAST(NULL AS VARCHAR)                                               AS images,
    TRY_CAST(coalesce(nullif(delay_ms, ''), latency) AS BIGINT)         AS latency_ms,
    TRY_CAST(time_to_first_token AS BIGINT)                             AS ttft_ms,
    hit                                                                 AS gateway_cache_hit,
    CASE WHEN hit THEN FALSE END                                        AS billable,
    coalesce(nullif(costUSD, ''), nullif(cost_usd, ''), cost)           AS stated_cost,
    response_status                                                     AS code,
    CAST(NULL AS BOOLEAN)                                               AS failed,
    coalesce(nullif(request_user_id, ''), nullif(helicone_user, ''))    AS caller,
    coalesce(request_properties, properties)                            AS labels,
    prompt_id                                                           AS slug,
    request_body                                                        AS asked,
    coalesce(json_extract_string(response_body, '$.service_tier'),
        json_extract_string(response_body, '$.usage.service_tier'))     AS tier,
    stated IS NULL AND held > coalesce(TRY_CAST(prompt_tokens AS BIGINT), 0) AS beside,
    coalesce(stated, json_object('prompt_tokens', nullif(prompt_tokens, ''),
        'completion_tokens', nullif(completion_tokens, ''), 'total_tokens', nullif(total_tokens, ''),
        'cache_read_input_tokens', nullif(prompt_cache_read_tokens, ''),
        'cache_creation_input_tokens', nullif(prompt_cache_write_tokens, ''),
        'prompt_tokens_details', json_object('audio_tokens', nullif(prompt_audio_tokens, '')),
        'completion_tokens_details', json_object('audio_tokens', nullif(completion_audio_tokens, ''))))
                                                                        AS usage
FROM (
    SELECT
        *,
        CASE WHEN json_type(response_body, '$.usage') = 'OBJECT' THEN json_extract(response_body, '$.usage')
            ELSE json_extract(response_body, '$.usageMetadata') END     AS stated,
        coalesce(TRY_CAST(prompt_cache_read_tokens AS BIGINT), 0)
            + coalesce(TRY_CAST(prompt_cache_write_tokens AS BIGINT), 0) AS held,
        regexp_matches(cache_reference_id, '[1-9a-f]')                  AS hit
    FROM export
) AS read
