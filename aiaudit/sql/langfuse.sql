-- langfuse: one row per observation, a generation or any other step of a trace
-- Usage keys with an underscore (`input_cached_tokens`) stand beside `input` and `output`; keys with
-- a dot (`prompt_details.cache_read`) lie inside. A total that says otherwise decides.
SELECT
    concat_ws('/', project, id)                                         AS natural_id,
    coalesce(a."gen_ai.response.id", a."llm.response.id", a."ai.response.id",
        nullif(regexp_extract(left(output, 400),
            '"id": ?"((chatcmpl|cmpl|resp|msg|gen)[-_][A-Za-z0-9_-]{6,100})"', 1), '')) AS response_id,
    concat_ws('/', project, trace, id)                                  AS span,
    CASE WHEN parent <> '' THEN concat_ws('/', project, trace, parent) END AS span_above,
    CASE WHEN is_call THEN i + o + c + w + r > 0 OR all_told > 0 END    AS measured,
    started                                                             AS started_at,
    ended                                                               AS ended_at,
    CASE WHEN first_token <> ended THEN first_token END                 AS first_token_at,
    CASE WHEN vendor IN ('langchain', 'llamaindex', 'llama_index', 'haystack', 'crewai', 'vercel',
            'gateway', 'traceloop', '_other') THEN NULL
        WHEN vendor = 'google.generative-ai'                            THEN 'google'
        WHEN vendor = 'google.vertex'                                   THEN 'vertex'
        ELSE vendor END                                                 AS provider,
    model_name                                                          AS model_raw,
    CASE WHEN kind = 'EMBEDDING' OR regexp_matches(lower(name), 'embed') THEN 'embedding'
        ELSE 'chat' END                                                 AS operation,
    '1'                                                                 AS requests,
    CASE WHEN cache_inside THEN went_in END                             AS input,
    CASE WHEN cache_inside THEN NULL ELSE went_in END                   AS input_uncached,
    cache_read,
    cache_write,
    m['input_cache_creation_5m']                                        AS cache_write_5m,
    m['input_cache_creation_1h']                                        AS cache_write_1h,
    -- What the total holds beyond all that is named was generated, and has no key: Gemini's thinking.
    CASE WHEN all_told > i + o + c + w + r + named_else AND is_whole_output
        THEN CAST(all_told - i - c - w - r - named_else AS VARCHAR)
        ELSE came_out END                                               AS output,
    reasoning,
    CASE WHEN r > 0 THEN CASE WHEN all_told = i + o
        OR (all_told = i + o + c + w AND c + w <> r) THEN 'false' ELSE 'true' END
        ELSE 'false' END                                                AS reasoning_outside,
    coalesce(m['input_audio_tokens'], m['input_audio'], m['prompt_details.audio']) AS audio_input,
    coalesce(m['output_audio_tokens'], m['output_audio'], m['completion_details.audio']) AS audio_output,
    CASE
        WHEN lower(p.service_tier) IN ('default', 'standard', 'auto')   THEN 'standard'
        WHEN lower(p.service_tier) = 'scale'                            THEN 'provisioned'
        WHEN p.service_tier <> ''                                       THEN lower(p.service_tier)
    END                                                                 AS rate_class,
    coalesce(p.reasoning_effort, from_json(p.reasoning, '{"effort": "VARCHAR"}').effort) AS effort,
    CASE WHEN level = 'ERROR' THEN 'error' ELSE 'success' END           AS status,
    CASE
        WHEN level <> 'ERROR'                                           THEN NULL
        WHEN regexp_matches(wrong, 'rate.?limit|429')                   THEN 'rate_limit'
        WHEN regexp_matches(wrong, 'time.?out|timed out')               THEN 'timeout'
        WHEN regexp_matches(wrong, 'context.?(length|window)')          THEN 'context_length'
        WHEN regexp_matches(wrong, 'content.?(filter|policy)')          THEN 'content_filter'
        WHEN regexp_matches(wrong, 'unauthori|authentic|permission|api key') THEN 'auth'
        WHEN regexp_matches(wrong, 'bad.?request|not.?found|invalid')   THEN 'bad_request'
        WHEN regexp_matches(wrong, 'server|unavailable|overloaded|connection') THEN 'server'
        WHEN level = 'ERROR'                                            THEN 'other'
    END                                                                 AS error_class,
    coalesce(cost_told, k.total,
        CAST(TRY_CAST(k.input AS DECIMAL(30,18)) + TRY_CAST(k.output AS DECIMAL(30,18)) AS VARCHAR)) AS stated_cost,
    coalesce(nullif(user_of, ''), d.user_id)                            AS user_id,
    d.team                                                              AS team,
    project,
    coalesce(nullif(regexp_extract(tags, '"(?:use_case|feature|app|task)[:=] *([^"]+)"', 1), ''),
        d.use_case, d.feature, d.app, nullif(prompt_of, ''), nullif(trace_of, '')) AS use_case,
    -- Langfuse's own evaluators call models, too.
    CASE WHEN environment LIKE 'langfuse%' THEN 'eval'
        WHEN lower(environment) <> 'default' THEN environment
        ELSE coalesce(nullif(regexp_extract(tags, '"(?:env|environment|stage)[:=] *([^"]+)"', 1), ''),
            d.environment, d.env) END                                   AS environment,
    coalesce(nullif(session_of, ''), d.session_id, d.thread_id)         AS session_id,
    trace                                                               AS trace_id,
    CASE WHEN parent <> '' THEN concat_ws('/', project, parent) END     AS parent_id,
    d.decision_id                                                       AS decision_id,
    d.outcome                                                           AS outcome,
    len(turns)                                                          AS messages,
    coalesce(json_array_length(tool_definitions), json_array_length(body, '$.tools')) AS tools,
    contains(asked, '"image_url"') OR contains(asked, '"input_image"') OR contains(asked, '"inlineData"') AS has_images,
    CASE WHEN p.response_format LIKE '%json%' OR json_type(body, '$.response_format') = 'OBJECT'
        THEN TRUE END                                                   AS has_schema,
    TRY_CAST(coalesce(p.max_tokens, p.maxTokens, p.max_completion_tokens, p.max_output_tokens) AS BIGINT) AS max_output_tokens,
    CASE
        WHEN is_call OR coalesce(id, '') = ''                           THEN NULL
        WHEN kind = 'TOOL'                                              THEN 'tool span'
        WHEN kind IN ('AGENT', 'CHAIN')                                 THEN 'agent or chain span'
        WHEN kind IN ('TRACE', 'SCORE')                                 THEN 'trace or score, no call'
        ELSE 'span without a model call'
    END                                                                 AS ignored,
    CASE WHEN coalesce(id, '') = '' THEN 'not an observation' END       AS reject,
    CASE WHEN is_call THEN CASE WHEN starts_with(system_part, '[')
        THEN array_to_string(json_extract_string(system_part, '$[*].text'), ' ')
        ELSE json_extract_string(system_part, '$') END END              AS system_text,
    CASE WHEN is_call THEN CASE
        WHEN user_part IS NULL AND body IS NULL                         THEN asked
        WHEN starts_with(user_part, '[')
            THEN array_to_string(json_extract_string(user_part, '$[*].text'), ' ')
        ELSE json_extract_string(user_part, '$') END END                AS prompt_text
FROM (
    SELECT
        *,
        -- More from the cache than went in: it cannot lie inside.
        (dotted OR (c + w > 0 AND (all_told = i + o OR (all_told = i + o + r AND r > 0))))
            AND c + w + c_dotted <= i                                   AS cache_inside,
        coalesce(
            list_filter(turns, lambda turn: turn."role" IN ('system', 'developer'))[1].content,
            json_extract(body, '$.system'))                             AS system_part,
        coalesce(
            list_filter(turns, lambda turn: turn."role" IN ('user', 'human'))[-1].content,
            list_filter(turns, lambda turn: turn."role" IN ('user', 'human'))[-1].parts,
            CASE WHEN json_type(body, '$.prompt') = 'VARCHAR' THEN json_extract(body, '$.prompt') END,
            CASE WHEN json_type(body, '$.contents') = 'VARCHAR' THEN json_extract(body, '$.contents') END,
            CASE WHEN json_type(body, '$.input') = 'VARCHAR' THEN json_extract(body, '$.input') END,
            CASE WHEN json_type(body) = 'VARCHAR' THEN body END)        AS user_part
    FROM (
        SELECT
            *,
            coalesce(TRY_CAST(went_in AS BIGINT), 0)                    AS i,
            coalesce(TRY_CAST(came_out AS BIGINT), 0)                   AS o,
            CASE WHEN dotted THEN 0 ELSE coalesce(TRY_CAST(cache_read AS BIGINT), 0) END AS c,
            CASE WHEN dotted THEN 0 ELSE coalesce(TRY_CAST(cache_write AS BIGINT), 0)
                + CASE WHEN cache_write IS NULL THEN coalesce(TRY_CAST(m['input_cache_creation_5m'] AS BIGINT), 0)
                + coalesce(TRY_CAST(m['input_cache_creation_1h'] AS BIGINT), 0) ELSE 0 END END AS w,
            CASE WHEN dotted THEN coalesce(TRY_CAST(cache_read AS BIGINT), 0)
                + coalesce(TRY_CAST(cache_write AS BIGINT), 0) ELSE 0 END AS c_dotted,
            CASE WHEN thought_inside THEN 0 ELSE coalesce(TRY_CAST(reasoning AS BIGINT), 0) END AS r,
            TRY_CAST(coalesce(m['total'], m['total_tokens'], m['totalTokens']) AS BIGINT) AS all_told,
            coalesce(came_out, '0') = '0' OR regexp_matches(came_out, '^[0-9]+$') AS is_whole_output,
            from_json(CASE json_type(body)
                WHEN 'ARRAY'  THEN body
                WHEN 'OBJECT' THEN coalesce(json_extract(body, '$.messages'),
                    json_extract(body, '$.contents'), json_extract(body, '$.input'))
                END, '[{"role": "VARCHAR", "content": "JSON", "parts": "JSON"}]') AS turns
        FROM (
            SELECT
                *,
                CASE WHEN other_in > 0 THEN CAST(coalesce(TRY_CAST(plain_in AS BIGINT), 0) + other_in AS VARCHAR)
                    ELSE plain_in END                                   AS went_in,
                CASE WHEN other_out > 0 THEN CAST(coalesce(TRY_CAST(plain_out AS BIGINT), 0) + other_out AS VARCHAR)
                    ELSE plain_out END                                  AS came_out,
                coalesce(m['input_cached_tokens'], m['input_cache_read'], m['cache_read_input_tokens'],
                    m['input_cached'], m['input_cache_read_tokens'], m['prompt_details.cache_read'],
                    m['prompt_details.cached_tokens'])                  AS cache_read,
                coalesce(m['input_cache_creation'], m['input_cache_write'], m['cache_creation_input_tokens'],
                    m['input_cache_creation_tokens'], m['input_cache_write_tokens'],
                    m['prompt_details.cache_write'], m['prompt_details.cache_creation']) AS cache_write,
                coalesce(m['output_reasoning_tokens'], m['output_reasoning'],
                    m['completion_details.reasoning'], m['completion_details.reasoning_tokens']) AS reasoning,
                coalesce(m['output_reasoning_tokens'], m['output_reasoning']) IS NULL AS thought_inside,
                coalesce(m['prompt_details.cache_read'], m['prompt_details.cached_tokens'],
                    m['prompt_details.cache_write'], m['prompt_details.cache_creation'],
                    -- The names of OpenAI's own usage object: cache inside, as there.
                    m['prompt_tokens'], m['promptTokens']) IS NOT NULL  AS dotted
            FROM (
                SELECT
                    *,
                    coalesce(m['input'], m['prompt_tokens'], m['promptTokens'], m['input_tokens']) AS plain_in,
                    coalesce(m['output'], m['completion_tokens'], m['completionTokens'], m['output_tokens']) AS plain_out,
                    coalesce(list_sum(list_transform(list_filter(map_keys(m), lambda key_:
                        starts_with(key_, 'input_') AND regexp_matches(key_, 'cache|^input_tokens|\.') IS FALSE),
                        lambda key_: TRY_CAST(m[key_] AS BIGINT))), 0)  AS other_in,
                    coalesce(list_sum(list_transform(list_filter(map_keys(m), lambda key_:
                        starts_with(key_, 'output_') AND regexp_matches(key_, 'reasoning|^output_tokens|\.') IS FALSE),
                        lambda key_: TRY_CAST(m[key_] AS BIGINT))), 0)  AS other_out,
                    coalesce(list_sum(list_transform(list_filter(map_keys(m), lambda key_:
                        regexp_matches(key_, '^(input|output|total|cache_|prompt|completion)|\.|^unit$') IS FALSE),
                        lambda key_: TRY_CAST(m[key_] AS BIGINT))), 0)  AS named_else,
                    d.attributes                                        AS a,
                    regexp_replace(replace(lower(coalesce(d.attributes."gen_ai.provider.name",
                        d.attributes."gen_ai.system", d.attributes."llm.provider",
                        d.attributes."ai.model.provider", d.attributes."llm.system",
                        d.ls_provider, p."system")), ' ', '_'),
                        '\.(chat|responses|completion|messages|embedding|textembedding)$', '') AS vendor,
                    CASE WHEN json_valid(asked) THEN CAST(asked AS JSON) END AS body
                FROM (
                    SELECT
                        id, name, environment, output, tool_definitions,
                        "input"                                         AS asked,
                        coalesce(nullif(project_id, ''), projectId)     AS project,
                        coalesce(nullif(trace_id, ''), traceId)         AS trace,
                        coalesce(parent_observation_id, parentObservationId) AS parent,
                        coalesce(start_time, startTime)                 AS started,
                        coalesce(end_time, endTime)                     AS ended,
                        coalesce(completion_start_time, completionStartTime) AS first_token,
                        upper("type")                                   AS kind,
                        upper("type") IN ('GENERATION', 'EMBEDDING')    AS is_call,
                        upper(level)                                    AS level,
                        lower(coalesce(status_message, statusMessage))  AS wrong,
                        coalesce(nullif(provided_model_name, ''), nullif(providedModelName, ''),
                            nullif(model, ''))                          AS model_name,
                        coalesce(nullif(total_cost, ''), nullif(totalCost, ''), calculatedTotalCost) AS cost_told,
                        coalesce(user_id, userId)                       AS user_of,
                        coalesce(session_id, sessionId)                 AS session_of,
                        coalesce(trace_name, traceName)                 AS trace_of,
                        coalesce(prompt_name, promptName)               AS prompt_of,
                        CAST(coalesce(traceTags, tags) AS VARCHAR)      AS tags,
                        coalesce(
                            CASE WHEN cardinality(TRY_CAST(coalesce(usage_details, usageDetails) AS MAP(VARCHAR, VARCHAR))) > 0
                                THEN TRY_CAST(coalesce(usage_details, usageDetails) AS MAP(VARCHAR, VARCHAR)) END,
                            CASE WHEN upper(coalesce(json_extract_string("usage", '$.unit'), 'TOKENS')) = 'TOKENS'
                                THEN TRY_CAST("usage" AS MAP(VARCHAR, VARCHAR)) END,
                            map {'input': promptTokens, 'output': completionTokens, 'total': totalTokens}) AS m,
                        from_json(coalesce(cost_details, costDetails),
                            '{"total": "VARCHAR", "input": "VARCHAR", "output": "VARCHAR"}') AS k,
                        from_json(coalesce(model_parameters, modelParameters), '{
                            "service_tier": "VARCHAR", "reasoning_effort": "VARCHAR", "reasoning": "VARCHAR",
                            "max_tokens": "VARCHAR", "maxTokens": "VARCHAR", "max_completion_tokens": "VARCHAR",
                            "max_output_tokens": "VARCHAR", "response_format": "VARCHAR", "system": "VARCHAR"}') AS p,
                        from_json(metadata, '{
                            "use_case": "VARCHAR", "feature": "VARCHAR", "app": "VARCHAR", "team": "VARCHAR",
                            "environment": "VARCHAR", "env": "VARCHAR", "user_id": "VARCHAR",
                            "session_id": "VARCHAR", "thread_id": "VARCHAR", "decision_id": "VARCHAR",
                            "outcome": "VARCHAR", "ls_provider": "VARCHAR", "attributes": {
                                "gen_ai.provider.name": "VARCHAR", "gen_ai.system": "VARCHAR",
                                "llm.provider": "VARCHAR", "llm.system": "VARCHAR",
                                "ai.model.provider": "VARCHAR", "gen_ai.response.id": "VARCHAR",
                                "llm.response.id": "VARCHAR", "ai.response.id": "VARCHAR"}}') AS d
                    FROM export
                ) AS named
            ) AS counted
        ) AS summed
    ) AS judged
) AS parsed
