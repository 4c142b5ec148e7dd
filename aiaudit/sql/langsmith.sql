-- langsmith: one row per run, a model call or any other step of a trace
-- Chains repeat the tokens of their calls and are no calls. `session_id` of a run is its project.
SELECT
    id                                                                  AS natural_id,
    nullif(regexp_extract(coalesce(o.id, g.message.kwargs.response_metadata.id, g.message.response_metadata.id),
        '^(chatcmpl|cmpl|resp|msg|gen)[-_].+'), '')                     AS response_id,
    id                                                                  AS span,
    parent_run_id                                                       AS span_above,
    CASE WHEN is_call THEN coalesce(TRY_CAST(went_in AS BIGINT), 0) > 0
        OR coalesce(TRY_CAST(came_out AS BIGINT), 0) > 0 END            AS measured,
    -- An update has no start of its own; the order of runs holds it.
    coalesce(start_time, regexp_replace(nullif(regexp_extract(dotted_order, '([0-9]{8}T[0-9]{12})Z[^.]*$', 1), ''),
        '^(....)(..)(..)T(..)(..)(..)(......)$', '\1-\2-\3T\4:\5:\6.\7Z')) AS started_at,
    end_time                                                            AS ended_at,
    coalesce(first_token_time, CASE WHEN json_extract_string(events, '$[0].name') = 'new_token'
        THEN json_extract_string(events, '$[0].time') END)              AS first_token_at,
    CASE WHEN vendor = 'google_vertexai' THEN 'vertex'
        WHEN vendor IN ('langchain', 'custom')                          THEN NULL
        ELSE vendor END                                                 AS provider,
    coalesce(o.model, o.llm_output.model_name, o.llm_output.model, g.message.kwargs.response_metadata.model_name,
        g.message.response_metadata.model_name, d.ls_model_name, p.model, p.model_name,
        json_extract_string(inputs, '$.model'))                         AS model_raw,
    CASE WHEN run_type = 'embedding' OR d.ls_model_type = 'embedding' THEN 'embedding'
        ELSE 'chat' END                                                 AS operation,
    '1'                                                                 AS requests,
    CASE WHEN beside THEN NULL ELSE went_in END                         AS input,
    CASE WHEN beside THEN went_in END                                   AS input_uncached,
    cache_read,
    cache_write,
    u.input_token_details.ephemeral_5m_input_tokens                     AS cache_write_5m,
    u.input_token_details.ephemeral_1h_input_tokens                     AS cache_write_1h,
    came_out                                                            AS output,
    coalesce(u.output_token_details.reasoning, v.completion_tokens_details.reasoning_tokens,
        v.output_tokens_details.reasoning_tokens, c.reasoning)          AS reasoning,
    coalesce(u.input_token_details.audio, v.prompt_tokens_details.audio_tokens) AS audio_input,
    coalesce(u.output_token_details.audio, v.completion_tokens_details.audio_tokens) AS audio_output,
    coalesce(u.total_tokens, v.total_tokens, total_tokens)              AS total,
    CASE
        WHEN lower(tier) IN ('default', 'standard', 'auto')             THEN 'standard'
        WHEN lower(tier) = 'scale'                                      THEN 'provisioned'
        WHEN tier <> ''                                                 THEN lower(tier)
    END                                                                 AS rate_class,
    p.reasoning_effort                                                  AS effort,
    CASE
        WHEN lower(status) = 'error' OR wrong <> ''                     THEN 'error'
        WHEN lower(status) = 'success' OR (status IS NULL AND end_time <> '') THEN 'success'
        ELSE 'unknown'
    END                                                                 AS status,
    CASE
        WHEN wrong IS NULL OR wrong = ''                                THEN NULL
        WHEN regexp_matches(wrong, 'rate.?limit|429')                   THEN 'rate_limit'
        WHEN regexp_matches(wrong, 'time.?out|timed out')               THEN 'timeout'
        WHEN regexp_matches(wrong, 'context.?(length|window)')          THEN 'context_length'
        WHEN regexp_matches(wrong, 'content.?(filter|policy)')          THEN 'content_filter'
        WHEN regexp_matches(wrong, 'authentic|permission|unauthori|api.?key') THEN 'auth'
        WHEN regexp_matches(wrong, 'bad.?request|not.?found|invalid')   THEN 'bad_request'
        WHEN regexp_matches(wrong, 'server|unavailable|overloaded|connection') THEN 'server'
        WHEN regexp_matches(wrong, 'cancel|interrupt')                  THEN 'cancelled'
        ELSE 'other'
    END                                                                 AS error_class,
    coalesce(nullif(total_cost, ''), CAST(TRY_CAST(prompt_cost AS DECIMAL(30,18))
        + TRY_CAST(completion_cost AS DECIMAL(30,18)) AS VARCHAR))      AS stated_cost,
    d.user_id                                                           AS user_id,
    d.team                                                              AS team,
    coalesce(nullif(session_name, ''), session_id)                      AS project,
    coalesce(nullif(regexp_extract(CAST(tags AS VARCHAR), '"(?:use_case|feature|app|task)[:=] *([^"]+)"', 1), ''),
        d.use_case, d.feature, d.app)                                   AS use_case,
    CASE WHEN reference_example_id <> '' THEN 'eval' ELSE coalesce(
        nullif(regexp_extract(CAST(tags AS VARCHAR), '"(?:env|environment|stage)[:=] *([^"]+)"', 1), ''),
        d.environment, d.env) END                                       AS environment,
    coalesce(nullif(thread_id, ''), d.session_id, d.thread_id, d.conversation_id) AS session_id,
    trace_id,
    parent_run_id                                                       AS parent_id,
    coalesce(d.agent_name, d.lc_agent_name)                             AS agent,
    d.decision_id                                                       AS decision_id,
    d.outcome                                                           AS outcome,
    len(turns)                                                          AS messages,
    coalesce(json_array_length(p.tools), json_array_length(inputs, '$.tools')) AS tools,
    contains(asked, '"image_url"') OR contains(asked, '"input_image"')  AS has_images,
    CASE WHEN CAST(p.response_format AS VARCHAR) LIKE '%json%'
        OR json_extract_string(inputs, '$.response_format.type') LIKE 'json%' THEN TRUE END AS has_schema,
    TRY_CAST(coalesce(p.max_tokens, p.max_completion_tokens, d.ls_max_tokens) AS BIGINT) AS max_output_tokens,
    CASE
        WHEN is_call OR coalesce(id, '') = ''                           THEN NULL
        WHEN run_type = 'tool'                                          THEN 'tool span'
        WHEN run_type = 'chain'                                         THEN 'agent or chain span'
        ELSE 'span without a model call'
    END                                                                 AS ignored,
    CASE WHEN coalesce(id, '') = '' THEN 'not a run' END                AS reject,
    CASE WHEN is_call THEN CASE WHEN starts_with(system_part, '[')
        THEN array_to_string(json_extract_string(system_part, '$[*].text'), ' ')
        ELSE json_extract_string(system_part, '$') END END              AS system_text,
    CASE WHEN is_call THEN CASE WHEN starts_with(user_part, '[')
        THEN array_to_string(json_extract_string(user_part, '$[*].text'), ' ')
        ELSE json_extract_string(user_part, '$') END END                AS prompt_text
FROM (
    SELECT
        *,
        -- Anthropic's own usage object, or more from the cache than went in: it cannot lie inside.
        coalesce(u.input_tokens, prompt_tokens, v.prompt_tokens) IS NULL
            AND coalesce(v.cache_read_input_tokens, v.cache_creation_input_tokens) IS NOT NULL
            OR coalesce(TRY_CAST(cache_read AS BIGINT), 0) + coalesce(TRY_CAST(cache_write AS BIGINT), 0)
                > coalesce(TRY_CAST(went_in AS BIGINT), 0)              AS beside,
        -- A run of the wrapped client that was only updated does not say its type.
        run_type IN ('llm', 'embedding') OR (run_type IS NULL AND (d.ls_model_type IS NOT NULL
            OR u.input_tokens IS NOT NULL OR v.total_tokens IS NOT NULL)) IS TRUE AS is_call,
        regexp_replace(replace(lower(d.ls_provider), ' ', '_'), '^chat_?', '') AS vendor,
        coalesce(o.service_tier, p.service_tier)                        AS tier,
        coalesce(told.content, told.kwargs.content, json_extract(inputs, '$.system')) AS system_part,
        coalesce(said.content, said.kwargs.content,
            CASE WHEN json_type(inputs, '$.input') = 'VARCHAR' THEN json_extract(inputs, '$.input') END,
            json_extract(inputs, '$.prompts[0]'), json_extract(inputs, '$.prompt')) AS user_part
    FROM (
        SELECT
            *,
            list_filter(turns, lambda turn: regexp_matches(lower(coalesce(turn."role", turn.kwargs."type",
                json_extract_string(turn.id, '$[-1]'), turn."type")), '^(system|developer)'))[1] AS told,
            list_filter(turns, lambda turn: regexp_matches(lower(coalesce(turn."role", turn.kwargs."type",
                json_extract_string(turn.id, '$[-1]'), turn."type")), '^(user|human)'))[-1] AS said
        FROM (
        SELECT
            *,
            coalesce(u.input_tokens, nullif(prompt_tokens, ''), v.prompt_tokens, v.input_tokens) AS went_in,
            coalesce(u.output_tokens, nullif(completion_tokens, ''), v.completion_tokens, v.output_tokens) AS came_out,
            coalesce(u.input_token_details.cache_read, v.prompt_tokens_details.cached_tokens,
                v.input_tokens_details.cached_tokens, v.cache_read_input_tokens, i.cache_read) AS cache_read,
            coalesce(u.input_token_details.cache_creation, v.cache_creation_input_tokens, i.cache_creation) AS cache_write,
            from_json(CASE WHEN json_type(listed, '$[0]') = 'ARRAY' THEN json_extract(listed, '$[0]') ELSE listed END,
                '[{"role": "VARCHAR", "type": "VARCHAR", "content": "JSON", "id": "JSON",
                   "kwargs": {"type": "VARCHAR", "content": "JSON"}}]') AS turns
        FROM (
            SELECT
                * EXCLUDE (run_type),
                lower(run_type)                                         AS run_type,
                lower(error)                                            AS wrong,
                CAST(inputs AS VARCHAR)                                 AS asked,
                CASE WHEN json_type(inputs, '$.messages') = 'ARRAY' THEN json_extract(inputs, '$.messages')
                    WHEN json_type(inputs, '$.input') = 'ARRAY' THEN json_extract(inputs, '$.input') END AS listed,
                from_json(list_filter([json_extract(outputs, '$.usage_metadata'),
                    json_extract(extra, '$.metadata.usage_metadata'),
                    json_extract(outputs, '$.generations[0][0].message.kwargs.usage_metadata'),
                    json_extract(outputs, '$.generations[0][0].message.usage_metadata'),
                    json_extract(outputs, '$.message.usage_metadata')],
                    lambda usage_: json_type(usage_) = 'OBJECT')[1], '{
                    "input_tokens": "VARCHAR", "output_tokens": "VARCHAR", "total_tokens": "VARCHAR",
                    "input_token_details": {"cache_read": "VARCHAR", "cache_creation": "VARCHAR", "audio": "VARCHAR",
                        "ephemeral_5m_input_tokens": "VARCHAR", "ephemeral_1h_input_tokens": "VARCHAR"},
                    "output_token_details": {"reasoning": "VARCHAR", "audio": "VARCHAR"}}') AS u,
                from_json(list_filter([json_extract(outputs, '$.llm_output.token_usage'),
                    json_extract(outputs, '$.usage'), json_extract(outputs, '$.llm_output.usage')],
                    lambda usage_: json_type(usage_) = 'OBJECT')[1], '{
                    "prompt_tokens": "VARCHAR", "completion_tokens": "VARCHAR", "total_tokens": "VARCHAR",
                    "input_tokens": "VARCHAR", "output_tokens": "VARCHAR",
                    "cache_read_input_tokens": "VARCHAR", "cache_creation_input_tokens": "VARCHAR",
                    "prompt_tokens_details": {"cached_tokens": "VARCHAR", "audio_tokens": "VARCHAR"},
                    "input_tokens_details": {"cached_tokens": "VARCHAR"},
                    "output_tokens_details": {"reasoning_tokens": "VARCHAR"},
                    "completion_tokens_details": {"reasoning_tokens": "VARCHAR", "audio_tokens": "VARCHAR"}}') AS v,
                from_json(coalesce(prompt_token_details, input_token_details),
                    '{"cache_read": "VARCHAR", "cache_creation": "VARCHAR"}') AS i,
                from_json(coalesce(completion_token_details, output_token_details), '{"reasoning": "VARCHAR"}') AS c,
                from_json(outputs, '{"id": "VARCHAR", "model": "VARCHAR", "service_tier": "VARCHAR",
                    "llm_output": {"model_name": "VARCHAR", "model": "VARCHAR"}}') AS o,
                from_json(json_extract(outputs, '$.generations[0][0]'), '{"message": {
                    "response_metadata": {"id": "VARCHAR", "model_name": "VARCHAR"},
                    "kwargs": {"response_metadata": {"id": "VARCHAR", "model_name": "VARCHAR"}}}}') AS g,
                from_json(json_extract(extra, '$.invocation_params'), '{
                    "model": "VARCHAR", "model_name": "VARCHAR", "service_tier": "VARCHAR",
                    "reasoning_effort": "VARCHAR", "max_tokens": "VARCHAR",
                    "max_completion_tokens": "VARCHAR", "response_format": "JSON", "tools": "JSON"}') AS p,
                from_json(json_extract(extra, '$.metadata'), '{
                    "ls_provider": "VARCHAR", "ls_model_name": "VARCHAR", "ls_model_type": "VARCHAR",
                    "ls_max_tokens": "VARCHAR", "user_id": "VARCHAR", "team": "VARCHAR",
                    "use_case": "VARCHAR", "feature": "VARCHAR", "app": "VARCHAR", "environment": "VARCHAR",
                    "env": "VARCHAR", "session_id": "VARCHAR", "thread_id": "VARCHAR",
                    "conversation_id": "VARCHAR", "agent_name": "VARCHAR", "lc_agent_name": "VARCHAR",
                    "decision_id": "VARCHAR", "outcome": "VARCHAR"}')   AS d
            FROM export
        ) AS read
        ) AS counted
    ) AS heard
) AS judged
