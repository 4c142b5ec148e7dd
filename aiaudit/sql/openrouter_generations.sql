-- openrouter_generations: one row per request, from the page's download or the generation API
-- Native tokens are billed, normalised ones only where nothing else is given; the cached lie inside
-- the prompt and reasoning inside the completion. The total holds its parts already.
SELECT
    natural_id,
    natural_id                                                          AS response_id,
    started_at,
    CASE WHEN byok THEN coalesce(nullif(served_by, ''), 'openrouter') ELSE 'openrouter' END AS provider,
    'openrouter'                                                        AS gateway,
    model_raw,
    CASE
        WHEN regexp_matches(api, 'embed')                               THEN 'embedding'
        WHEN regexp_matches(api, 'rerank')                              THEN 'rerank'
        WHEN regexp_matches(api, 'tts|stt|audio')                       THEN 'audio'
        WHEN regexp_matches(api, 'image')                               THEN 'image'
        WHEN regexp_matches(api, 'video')                               THEN 'other'
        ELSE 'chat'
    END                                                                 AS operation,
    '1'                                                                 AS requests,
    input,
    cache_read,
    output,
    reasoning,
    image_output,
    rate_class,
    region,
    latency                                                             AS latency_ms,
    first_token                                                         AS ttft_ms,
    CASE
        WHEN lower(cancelled) = 'true'                                  THEN 'cancelled'
        WHEN lower(finish) = 'error'                                    THEN 'error'
        WHEN finish <> ''                                               THEN 'success'
        ELSE 'unknown'
    END                                                                 AS status,
    CASE WHEN lower(finish) = 'content_filter' THEN 'content_filter' END AS error_class,
    copied <> ''                                                        AS gateway_cache_hit,
    CASE WHEN copied <> '' THEN FALSE END                               AS billable,
    -- The customer's own key pays the provider beside what the gateway takes.
    CAST(CASE WHEN paid <> '' OR upstream <> '' THEN
        coalesce(TRY_CAST(paid AS DECIMAL(36,18)), CAST('0' AS DECIMAL(36,18)))
        + CASE WHEN byok THEN coalesce(TRY_CAST(upstream AS DECIMAL(36,18)), CAST('0' AS DECIMAL(36,18)))
            ELSE CAST('0' AS DECIMAL(36,18)) END
        END AS VARCHAR)                                                 AS stated_cost,
    user_id,
    api_key,
    app                                                                 AS project,
    session                                                             AS session_id
FROM (
    SELECT
        coalesce(nullif(generation_id, ''), id)                         AS natural_id,
        coalesce(created_at, createdAt)                                 AS started_at,
        coalesce(provider_name, providerName)                           AS served_by,
        coalesce(nullif(model_permaslug, ''), model)                    AS model_raw,
        lower(coalesce(api_type, apiType))                              AS api,
        coalesce(nullif(native_tokens_prompt, ''), nullif(nativeTokensPrompt, ''),
            tokens_prompt, tokensPrompt)                                AS input,
        coalesce(nullif(native_tokens_cached, ''), nullif(nativeTokensCached, ''), tokens_cached) AS cache_read,
        coalesce(nullif(native_tokens_completion, ''), nullif(nativeTokensCompletion, ''),
            tokens_completion, tokensCompletion)                        AS output,
        coalesce(nullif(native_tokens_reasoning, ''), nullif(nativeTokensReasoning, ''),
            tokens_reasoning)                                           AS reasoning,
        coalesce(native_tokens_completion_images, nativeTokensCompletionImages) AS image_output,
        CASE WHEN coalesce(service_tier, serviceTier) IN ('default', 'standard', 'auto') THEN 'standard'
            ELSE nullif(lower(coalesce(service_tier, serviceTier)), '') END AS rate_class,
        nullif(coalesce(data_region, dataRegion), 'global')             AS region,
        nullif(coalesce(generation_time_ms, generation_time, generationTime), '') AS latency,
        nullif(time_to_first_token_ms, '')                              AS first_token,
        cancelled,
        coalesce(nullif(finish_reason_normalized, ''), nullif(finish_reason_raw, ''), finish_reason,
            finishReason)                                               AS finish,
        coalesce(response_cache_source_id, responseCacheSourceId)       AS copied,
        coalesce(cost_total, total_cost, totalCost)                     AS paid,
        coalesce(byok_usage_inference, upstream_inference_cost, upstreamInferenceCost) AS upstream,
        coalesce(lower(coalesce(is_byok, isByok)) = 'true',
            regexp_matches(byok_usage_inference, '[1-9]'), FALSE)       AS byok,
        nullif(coalesce("user", external_user, externalUser), '')       AS user_id,
        nullif(api_key_name, '')                                        AS api_key,
        nullif(coalesce(app_name, origin), '')                          AS app,
        nullif(coalesce(session_id, sessionId), '')                     AS session
    FROM export
) AS read
