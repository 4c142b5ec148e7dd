-- spans: one row per span of a trace, a model call or not, from flattened attributes
-- `input` holds the cached tokens by convention; where more was cached than went in, it stands beside.
SELECT
    CASE WHEN coalesce(span_id, part) <> '' THEN concat_ws('/', trace_id, span_id, part) END AS natural_id,
    response_id,
    CASE WHEN span_id <> '' THEN concat_ws('/', trace_id, span_id) END  AS span,
    CASE WHEN regexp_matches(parent_id, '^0*$') IS FALSE
        THEN concat_ws('/', trace_id, parent_id) END                    AS span_above,
    CASE WHEN is_call AND aside IS NULL THEN coalesce(TRY_CAST(input AS BIGINT), 0) > 0
        OR coalesce(TRY_CAST(output AS BIGINT), 0) > 0 END              AS measured,
    started_at,
    ended_at,
    first_token_at,
    -- Clients of other hosts call themselves by the vendor whose dialect they speak.
    CASE
        WHEN host LIKE '%.azure.com%' OR host LIKE '%.azure.us%'        THEN 'azure'
        WHEN host LIKE '%openrouter.ai%'                                THEN 'openrouter'
        WHEN host LIKE '%api.groq.com%'                                 THEN 'groq'
        WHEN host LIKE '%api.together.%'                                THEN 'together'
        WHEN host LIKE '%api.fireworks.ai%'                             THEN 'fireworks'
        WHEN host LIKE '%api.deepseek.com%'                             THEN 'deepseek'
        WHEN host LIKE '%api.mistral.ai%'                               THEN 'mistral'
        WHEN host LIKE '%api.x.ai%'                                     THEN 'xai'
        WHEN host LIKE '%aiplatform.googleapis.com%'                    THEN 'vertex'
        WHEN host LIKE '%bedrock%amazonaws.com%'                        THEN 'bedrock'
        WHEN vendor IN ('langchain', 'llamaindex', 'llama_index', 'haystack', 'crewai', 'gateway',
            'vercel', 'traceloop', 'openai_compatible', 'custom', '_other') THEN NULL
        WHEN vendor = 'google.generative-ai'                            THEN 'google'
        WHEN vendor = 'google.vertex'                                   THEN 'vertex'
        ELSE vendor
    END                                                                 AS provider,
    coalesce(model, asked_model)                                        AS model_raw,
    CASE
        WHEN regexp_matches(what, 'embed')                              THEN 'embedding'
        WHEN regexp_matches(what, 'rerank')                             THEN 'rerank'
        WHEN regexp_matches(what, 'image')                              THEN 'image'
        WHEN regexp_matches(what, 'speech|transcri|audio')              THEN 'audio'
        WHEN regexp_matches(what, 'moderation')                         THEN 'moderation'
        ELSE 'chat'
    END                                                                 AS operation,
    coalesce(requests, '1')                                             AS requests,
    CASE WHEN is_beside THEN NULL ELSE input END                        AS input,
    CASE WHEN is_beside THEN input END                                  AS input_uncached,
    cache_read,
    cache_write,
    -- Gemini's thinking has no attribute in some tracers: only the total holds it.
    CASE WHEN lower(coalesce(model, asked_model)) LIKE '%gemini%' AND reasoning IS NULL
        AND TRY_CAST(total AS BIGINT) > TRY_CAST(input AS BIGINT) + TRY_CAST(output AS BIGINT)
        THEN CAST(TRY_CAST(total AS BIGINT) - TRY_CAST(input AS BIGINT) AS VARCHAR)
        ELSE output END                                                 AS output,
    reasoning,
    outside                                                             AS reasoning_outside,
    audio_input,
    audio_output,
    total,
    CASE
        WHEN lower(tier) IN ('default', 'standard', 'auto')             THEN 'standard'
        WHEN lower(tier) = 'scale'                                      THEN 'provisioned'
        WHEN tier <> ''                                                 THEN lower(tier)
    END                                                                 AS rate_class,
    effort,
    CASE WHEN failed = 'true' THEN 'error' ELSE 'success' END           AS status,
    CASE
        WHEN failed IS NULL OR failed = 'false'                         THEN NULL
        WHEN regexp_matches(wrong, 'rate.?limit') OR http_status = '429' THEN 'rate_limit'
        WHEN regexp_matches(wrong, 'timeout') OR http_status IN ('408', '504') THEN 'timeout'
        WHEN regexp_matches(wrong, 'context.?(length|window)')          THEN 'context_length'
        WHEN regexp_matches(wrong, 'content.?(filter|policy)|guardrail') THEN 'content_filter'
        WHEN regexp_matches(wrong, 'auth|permission') OR http_status IN ('401', '403') THEN 'auth'
        WHEN regexp_matches(wrong, 'bad.?request|not.?found|unprocessable|invalid')
            OR http_status IN ('400', '404', '422')                     THEN 'bad_request'
        WHEN regexp_matches(wrong, 'server|unavailable|connection|overloaded')
            OR http_status LIKE '5%'                                    THEN 'server'
        WHEN regexp_matches(wrong, 'cancel')                            THEN 'cancelled'
        ELSE 'other'
    END                                                                 AS error_class,
    CASE WHEN TRY_CAST(ttfc_ms AS DECIMAL(18,3)) >= 0
        THEN CAST(round(TRY_CAST(ttfc_ms AS DECIMAL(18,3))) AS BIGINT)
        ELSE CAST(round(TRY_CAST(ttfc_s AS DECIMAL(18,6)) * 1000) AS BIGINT) END AS ttft_ms,
    cost                                                                AS stated_cost,
    user_id,
    team,
    CASE WHEN starts_with(project, 'unknown_service') THEN NULL ELSE project END AS project,
    use_case,
    environment,
    session_id,
    trace_id,
    CASE WHEN parent_id <> '' THEN concat_ws('/', trace_id, parent_id) END AS parent_id,
    agent,
    decision_id,
    outcome,
    TRY_CAST(messages AS BIGINT)                                        AS messages,
    TRY_CAST(tools AS BIGINT)                                           AS tools,
    has_images = 'true'                                                 AS has_images,
    CASE WHEN form IS NOT NULL OR form_kind = 'json' THEN TRUE END      AS has_schema,
    TRY_CAST(most AS BIGINT)                                            AS max_output_tokens,
    CASE
        WHEN aside IS NOT NULL                                          THEN aside
        WHEN is_call                                                    THEN NULL
        WHEN regexp_matches(what, 'tool')                               THEN 'tool span'
        WHEN regexp_matches(what, 'agent|workflow|chain|task')          THEN 'agent or chain span'
        WHEN trace_id IS NULL AND span_id IS NULL                       THEN NULL
        ELSE 'span without a model call'
    END                                                                 AS ignored,
    CASE WHEN is_call OR coalesce(span_id, aside) IS NOT NULL THEN NULL ELSE 'not a span' END AS reject,
    CASE WHEN is_call THEN system_text END                              AS system_text,
    CASE WHEN is_call THEN prompt_text END                              AS prompt_text
FROM (
    SELECT
        *,
        CASE
            WHEN named IN ('invoke_agent', 'create_agent', 'invoke_workflow', 'execute_tool',
                'agent_step', 'retrieval', 'chain', 'tool', 'workflow', 'task') THEN FALSE
            WHEN sort IN ('llm', 'chat_model', 'embedding', 'reranker', 'generation') THEN TRUE
            WHEN sort <> '' AND sort <> 'unknown'                       THEN FALSE
            WHEN starts_with(step, 'ai.') THEN regexp_matches(step, '^ai\.(generate|stream|embed)')
            WHEN named IN ('chat', 'text_completion', 'completion', 'generate_content', 'responses',
                'embeddings', 'embedding', 'rerank', 'image_generation', 'speech', 'transcription')
                THEN TRUE
            ELSE coalesce(model, asked_model) IS NOT NULL
                AND coalesce(input, output, total) IS NOT NULL
        END                                                             AS is_call,
        concat_ws(' ', named, sort, step, lower(name))                  AS what,
        coalesce(beside = 'true', FALSE) OR coalesce(TRY_CAST(cache_read AS BIGINT), 0)
            + coalesce(TRY_CAST(cache_write AS BIGINT), 0) > coalesce(TRY_CAST(input AS BIGINT), 0) AS is_beside
    FROM (
        SELECT
            *,
            lower(task)                                                 AS named,
            lower(kind)                                                 AS sort,
            lower(concat_ws(' ', error, failure))                       AS wrong,
            regexp_replace(replace(lower(provider_stated), ' ', '_'),
                '\.(chat|responses|completion|messages|embedding|textembedding|image|speech|transcription)$', '')
                                                                        AS vendor
        FROM (SELECT * EXCLUDE (provider), provider AS provider_stated FROM export) AS told
    ) AS worded
) AS judged
