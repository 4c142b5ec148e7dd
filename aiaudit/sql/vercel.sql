-- vercel: one row per generation that the gateway looked up
-- What is not paid by the customer's own key is billed by the gateway, at the provider's prices;
-- more cached than prompted shows that the cache stands beside the prompt. `latency` is the time
-- to the first token.
SELECT
    natural_id,
    natural_id                                                          AS response_id,
    started_at,
    CASE WHEN lower(served_by) LIKE 'vertex%' THEN 'vertex' ELSE lower(served_by) END AS provider,
    CASE WHEN byok THEN NULL ELSE 'vercel' END                          AS billing_account,
    'vercel'                                                            AS gateway,
    model_raw,
    'chat'                                                              AS operation,
    '1'                                                                 AS requests,
    CASE WHEN beside THEN NULL ELSE prompted END                        AS input,
    CASE WHEN beside THEN prompted END                                  AS input_uncached,
    cache_read,
    cache_write,
    output,
    reasoning,
    web_searches,
    TRY_CAST(TRY_CAST(whole AS DECIMAL(18,3)) AS BIGINT)                AS latency_ms,
    TRY_CAST(TRY_CAST(first AS DECIMAL(18,3)) AS BIGINT)                AS ttft_ms,
    CASE WHEN finish = 'error' THEN 'error' WHEN finish <> '' THEN 'success' ELSE 'unknown' END AS status,
    CASE WHEN finish = 'content-filter' THEN 'content_filter' END       AS error_class,
    CAST(coalesce(TRY_CAST(paid AS DECIMAL(36,18)), CAST('0' AS DECIMAL(36,18)))
        + CASE WHEN byok THEN coalesce(TRY_CAST(upstream AS DECIMAL(36,18)), CAST('0' AS DECIMAL(36,18)))
            ELSE CAST('0' AS DECIMAL(36,18)) END AS VARCHAR)            AS stated_cost
FROM (
    SELECT
        *,
        lower(own_key) = 'true'                                         AS byok,
        coalesce(TRY_CAST(cache_read AS BIGINT), 0) + coalesce(TRY_CAST(cache_write AS BIGINT), 0)
            > TRY_CAST(prompted AS BIGINT)                              AS beside
    FROM (
        SELECT
            id                                                          AS natural_id,
            coalesce(createdAt, created_at)                             AS started_at,
            coalesce(providerName, provider_name)                       AS served_by,
            model                                                       AS model_raw,
            coalesce(isByok, is_byok)                                   AS own_key,
            coalesce(promptTokens, prompt_tokens, tokens_prompt)        AS prompted,
            coalesce(cachedTokens, cached_tokens, native_tokens_cached) AS cache_read,
            coalesce(cacheCreationTokens, cache_creation_tokens, native_tokens_cache_creation) AS cache_write,
            coalesce(completionTokens, completion_tokens, tokens_completion) AS output,
            coalesce(reasoningTokens, reasoning_tokens, native_tokens_reasoning) AS reasoning,
            coalesce(billableWebSearchCalls, billable_web_search_calls) AS web_searches,
            coalesce(generationTime, generation_time)                   AS whole,
            latency                                                     AS first,
            lower(coalesce(finishReason, finish_reason))                AS finish,
            coalesce(totalCost, total_cost)                             AS paid,
            coalesce(upstreamInferenceCost, upstream_inference_cost)    AS upstream
        FROM export
    ) AS read
) AS judged
