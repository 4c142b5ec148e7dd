-- answered: one row per exchange: who answered, with which model, when, and what was measured
-- `asked` and `answer` are the bodies; `url`, `method`, `code`, `sent`, `took`, `named` and
-- `request_id` are what the log itself says; it knows the time better than the body.
SELECT
    * EXCLUDE (answer, url, method, code, sent, took, named, request_id, host, created,
        answer_id, model_stated),
    coalesce(answer_id, request_id)                                     AS natural_id,
    answer_id                                                           AS response_id,
    coalesce(nullif(sent, ''), nullif(created, ''))                     AS started_at,
    coalesce(nullif(named, ''),
        CASE
            WHEN host LIKE 'bedrock%.amazonaws.com'                     THEN 'bedrock'
            WHEN regexp_matches(host, '\.azure\.com$|azure-api\.net$|\.azure\.us$') THEN 'azure'
            WHEN host = 'api.openai.com' OR host LIKE '%.api.openai.com' THEN 'openai'
            WHEN host = 'api.anthropic.com'                             THEN 'anthropic'
            WHEN host = 'generativelanguage.googleapis.com'             THEN 'google'
            WHEN host LIKE '%aiplatform.googleapis.com'                 THEN 'vertex'
            WHEN regexp_matches(host, '(^|\.)cohere\.(com|ai)$')        THEN 'cohere'
            WHEN regexp_matches(host, '^(localhost|127\.|10\.|192\.168\.|\[::1\])') THEN 'self-hosted'
            ELSE nullif(regexp_extract(host, '(groq|mistral|deepseek|openrouter|together|fireworks|perplexity|moonshot|cerebras|voyageai)', 1), '')
        END,
        CASE
            WHEN host LIKE '%.x.ai'                                     THEN 'xai'
            WHEN json_type(answer, '$.x_groq') = 'OBJECT'               THEN 'groq'
            WHEN json_type(answer, '$.prompt_filter_results') = 'ARRAY' THEN 'azure'
            WHEN json_extract_string(answer, '$.eval_count') <> ''      THEN 'self-hosted'
            WHEN starts_with(answer_id, 'msg_bdrk_')                    THEN 'bedrock'
            WHEN starts_with(answer_id, 'gen-')                         THEN 'openrouter'
        END)                                                            AS provider,
    coalesce(
        CASE WHEN host LIKE 'bedrock%' THEN nullif(replace(replace(
            regexp_extract(url, '/model/([^/?]+)', 1), '%3A', ':'), '%2F', '/'), '') END,
        model_stated, json_extract_string(answer, '$.modelVersion'),
        nullif(regexp_extract(url, '/deployments/([^/?]+)', 1), ''),
        json_extract_string(asked, '$.model'), json_extract_string(asked, '$.modelId'),
        nullif(regexp_extract(url, '/models/([^/:?]+)', 1), ''))        AS model_raw,
    CASE
        WHEN regexp_matches(url, '/embed') OR json_type(answer, '$.embeddings') IN ('ARRAY', 'OBJECT')
            OR json_extract(answer, '$.data[0].embedding') IS NOT NULL  THEN 'embedding'
        WHEN regexp_matches(url, '/images/')                            THEN 'image'
        WHEN regexp_matches(url, '/audio/')                             THEN 'audio'
        WHEN regexp_matches(url, '/moderations')                        THEN 'moderation'
        WHEN regexp_matches(url, '/rerank')                             THEN 'rerank'
        ELSE 'chat'
    END                                                                 AS operation,
    '1'                                                                 AS requests,
    CASE WHEN regexp_matches(url, '/images/') AND code = '200'
        THEN CAST(json_array_length(answer, '$.data') AS VARCHAR) END   AS images,
    CASE
        WHEN regexp_matches(code, '^[45]') OR json_type(answer, '$.error') = 'OBJECT'
            OR json_extract_string(answer, '$.status') = 'failed'       THEN 'error'
        WHEN json_extract_string(answer, '$.status') = 'cancelled'      THEN 'cancelled'
        WHEN code LIKE '2%' OR (code IS NULL AND answer IS NOT NULL)    THEN 'success'
        ELSE 'unknown'
    END                                                                 AS status,
    CASE
        WHEN regexp_matches(CAST(json_extract(answer, '$.error') AS VARCHAR),
            'context_length|maximum context|too long')                  THEN 'context_length'
        WHEN regexp_matches(CAST(json_extract(answer, '$.error') AS VARCHAR),
            'content_filter|content_policy|content management')         THEN 'content_filter'
        WHEN code = '429'                                               THEN 'rate_limit'
        WHEN code IN ('408', '504')                                     THEN 'timeout'
        WHEN code IN ('401', '403')                                     THEN 'auth'
        WHEN regexp_matches(code, '^4')                                 THEN 'bad_request'
        WHEN regexp_matches(code, '^5')                                 THEN 'server'
        WHEN json_type(answer, '$.error') = 'OBJECT'                    THEN 'other'
    END                                                                 AS error_class,
    TRY_CAST(took AS BIGINT)                                            AS latency_ms,
    coalesce(json_extract_string(asked, '$.user'), json_extract_string(asked, '$.safety_identifier'),
        json_extract_string(asked, '$.metadata.user_id'))               AS user_id,
    coalesce(json_extract_string(asked, '$.metadata.use_case'),
        json_extract_string(asked, '$.metadata.feature'))               AS use_case,
    json_extract_string(usage, '$.cost')                                AS stated_cost,
    json_extract_string(usage, '$.inference_geo')                       AS region,
    coalesce(json_extract_string(answer, '$.service_tier'), json_extract_string(usage, '$.service_tier'),
        json_extract_string(answer, '$.serviceTier.type'),
        json_extract_string(usage, '$.trafficType'),
        CASE WHEN json_extract_string(usage, '$.speed') = 'fast' THEN 'fast' END) AS tier,
    CAST(NULL AS VARCHAR)                                               AS told,
    CASE
        WHEN usage IS NOT NULL THEN NULL
        WHEN method IN ('GET', 'DELETE')
            OR regexp_matches(url, '/(threads|assistants|files|batches|models|vector_stores|fine_tuning|uploads)(/[^:]*)?([?]|$)')
            THEN 'administration of the API'
    END                                                                 AS ignored
FROM (
    SELECT
        *,
        lower(regexp_extract(url, '^[a-z]+://(?:[^/@]*@)?(\[[^\]]*\]|[^/:?]+)', 1)) AS host,
        coalesce(json_extract_string(answer, '$.created_at'), json_extract_string(answer, '$.created'),
            json_extract_string(answer, '$.createTime'))                AS created,
        -- A short id is a model's or a server's idea of a number, the same for every answer.
        CASE WHEN length(json_extract_string(answer, '$.id')) > 9
            THEN json_extract_string(answer, '$.id')
            ELSE coalesce(json_extract_string(answer, '$.responseId'),
                json_extract_string(answer, '$.response_id'),
                json_extract_string(answer, '$.generation_id')) END     AS answer_id,
        nullif(json_extract_string(answer, '$.model'), '')              AS model_stated,
        coalesce(
            CASE WHEN json_type(answer, '$.usage') = 'OBJECT' THEN json_extract(answer, '$.usage') END,
            CASE WHEN json_type(answer, '$.usageMetadata') = 'OBJECT'
                THEN json_extract(answer, '$.usageMetadata') END,
            CASE WHEN json_type(answer, '$.meta.billed_units') = 'OBJECT'
                THEN json_extract(answer, '$.meta') END,
            -- Ollama, and Titan and Llama on Bedrock, count beside the answer itself.
            CASE WHEN coalesce(json_extract_string(answer, '$.eval_count'),
                json_extract_string(answer, '$.prompt_eval_count'),
                json_extract_string(answer, '$.inputTextTokenCount'),
                json_extract_string(answer, '$.generation_token_count')) IS NOT NULL THEN answer END)                            AS usage
    FROM exchange
) AS opened
