-- litellm: one row per call as the gateway logged it, in its spend log or in a logging payload
-- `prompt_tokens` holds the cached tokens, for every provider. `cache_hit` is text: "None" is no hit.
SELECT
    coalesce(nullif(request_id, ''), id)                                AS natural_id,
    -- The gateway calls a request by the provider's own id of its answer.
    CASE WHEN regexp_matches(coalesce(nullif(request_id, ''), id), '^(chatcmpl|resp|msg|gen)[-_]')
        THEN coalesce(nullif(request_id, ''), id) END                   AS response_id,
    startTime                                                           AS started_at,
    endTime                                                             AS ended_at,
    -- Without streaming the first token is stamped with the end.
    CASE WHEN completionStartTime <> endTime THEN completionStartTime END AS first_token_at,
    lower(custom_llm_provider)                                          AS provider,
    'litellm'                                                           AS gateway,
    model                                                               AS model_raw,
    CASE
        WHEN call_type LIKE '%embedding%'                                   THEN 'embedding'
        WHEN call_type LIKE '%image%'                                       THEN 'image'
        WHEN regexp_matches(call_type, 'transcription|speech|realtime')     THEN 'audio'
        WHEN call_type LIKE '%moderation%'                                  THEN 'moderation'
        WHEN call_type LIKE '%rerank%'                                      THEN 'rerank'
        WHEN regexp_matches(call_type, 'completion|responses|messages|generate_content|batch') THEN 'chat'
        ELSE 'other'
    END                                                                 AS operation,
    coalesce(m.batch_successful_requests, '1')                          AS requests,
    prompt_tokens                                                       AS input,
    coalesce(u.prompt_tokens_details.cached_tokens, u.cache_read_input_tokens,
        a.prompt_tokens_details.cached_tokens, a.cache_read_input_tokens,
        m.cached_tokens)                                                AS cache_read,
    coalesce(u.cache_creation_input_tokens, u.prompt_tokens_details.cache_creation_tokens,
        u.prompt_tokens_details.cache_write_tokens, a.cache_creation_input_tokens) AS cache_write,
    u.prompt_tokens_details.cache_creation_token_details.ephemeral_5m_input_tokens AS cache_write_5m,
    u.prompt_tokens_details.cache_creation_token_details.ephemeral_1h_input_tokens AS cache_write_1h,
    completion_tokens                                                   AS output,
    u.completion_tokens_details.reasoning_tokens                        AS reasoning,
    u.prompt_tokens_details.audio_tokens                                AS audio_input,
    u.completion_tokens_details.audio_tokens                            AS audio_output,
    u.server_tool_use.web_search_requests                               AS web_searches,
    CASE
        WHEN call_type LIKE '%batch%' OR m.batch_models IS NOT NULL     THEN 'batch'
        WHEN lower(tier) IN ('default', 'standard')                     THEN 'standard'
        WHEN lower(tier) = 'scale'                                      THEN 'provisioned'
        WHEN lower(tier) NOT IN ('auto', '')                            THEN lower(tier)
    END                                                                 AS rate_class,
    coalesce(q.reasoning_effort, q.reasoning.effort)                    AS effort,
    CASE
        WHEN coalesce(status, m.status) = 'success'                     THEN 'success'
        WHEN coalesce(status, m.status) = 'failure' OR e.error_class <> '' THEN 'error'
        ELSE 'unknown'
    END                                                                 AS status,
    CASE
        WHEN regexp_matches(e.error_class, 'RateLimit') OR e.error_code = '429'    THEN 'rate_limit'
        WHEN regexp_matches(e.error_class, 'Timeout') OR e.error_code IN ('408', '504') THEN 'timeout'
        WHEN regexp_matches(e.error_class, 'ContextWindow')                        THEN 'context_length'
        WHEN regexp_matches(e.error_class, 'ContentPolicy|Guardrail')              THEN 'content_filter'
        WHEN regexp_matches(e.error_class, 'Budget')                               THEN 'budget'
        WHEN regexp_matches(e.error_class, 'Auth|Permission') OR e.error_code IN ('401', '403') THEN 'auth'
        WHEN regexp_matches(e.error_class, 'BadRequest|NotFound|Unprocessable')
            OR e.error_code IN ('400', '404', '422')                               THEN 'bad_request'
        WHEN regexp_matches(e.error_class, 'Server|Unavailable|Connection')
            OR e.error_code LIKE '5%'                                              THEN 'server'
        WHEN e.error_class <> ''                                                   THEN 'other'
    END                                                                 AS error_class,
    TRY_CAST(m.attempted_retries AS BIGINT) + 1                         AS attempt,
    CASE WHEN m.original_model_group <> model_group THEN m.original_model_group END AS fallback_from,
    lower(cache_hit) = 'true'                                           AS gateway_cache_hit,
    -- The gateway answered itself, or refused before it asked a provider.
    CASE WHEN lower(cache_hit) = 'true' OR regexp_matches(e.error_class, 'Budget') THEN FALSE END AS billable,
    coalesce(spend, response_cost)                                      AS stated_cost,
    coalesce(nullif(end_user, ''), nullif("user", ''), m.user_api_key_end_user_id,
        m.user_api_key_user_id)                                         AS user_id,
    coalesce(m.user_api_key_team_alias, nullif(team_id, ''), m.user_api_key_team_id) AS team,
    coalesce(m.user_api_key_project_alias, m.user_api_key_project_id, s.project)     AS project,
    coalesce(m.user_api_key_alias, nullif(api_key, ''), m.user_api_key_hash)         AS api_key,
    coalesce(
        nullif(regexp_extract(tags, '"(?:use_case|feature|app|task)[:=] *([^"]+)"', 1), ''),
        s.use_case, s.feature, s.app, s.task, s.workflow,
        r.use_case, r.feature, r.app, r.task, r.workflow)               AS use_case,
    coalesce(
        nullif(regexp_extract(tags, '"(?:env|environment|stage)[:=] *([^"]+)"', 1), ''),
        s.environment, s.env, r.environment, r.env)                     AS environment,
    coalesce(nullif(session_id, ''), s.session_id)                      AS session_id,
    trace_id,
    agent_id                                                            AS agent,
    coalesce(s.decision_id, r.decision_id)                              AS decision_id,
    s.outcome                                                           AS outcome,
    len(turns)                                                          AS messages,
    json_array_length(q.tools)                                          AS tools,
    CASE WHEN contains(asked, 'image')
        THEN contains(asked, '"image_url"') OR contains(asked, '"input_image"')
            OR contains(asked, '"type":"image"')
        WHEN asked IS NOT NULL THEN FALSE END                           AS has_images,
    CASE WHEN q.response_format.type IN ('json_schema', 'json_object')
        OR q."text".format.type = 'json_schema' THEN TRUE END           AS has_schema,
    TRY_CAST(coalesce(q.max_tokens, q.max_completion_tokens, q.max_output_tokens) AS BIGINT) AS max_output_tokens,
    CASE
        WHEN lower(coalesce(call_type, '')) LIKE '%mcp%' OR mcp_namespaced_tool_name <> ''
            THEN 'tool call'
        WHEN regexp_matches(call_type, '(^|_)a?(files?|batch|batches|vector_stores?|fine_tuning|containers?)(_|$)')
            AND coalesce(prompt_tokens, '0') IN ('', '0') AND coalesce(completion_tokens, '0') IN ('', '0')
            THEN 'file or batch management'
    END                                                                 AS ignored,
    CASE WHEN starts_with(system_part, '[')
        THEN array_to_string(json_extract_string(system_part, '$[*].text'), ' ')
        ELSE json_extract_string(system_part, '$') END                  AS system_text,
    CASE WHEN starts_with(user_part, '[')
        THEN array_to_string(json_extract_string(user_part, '$[*].text'), ' ')
        ELSE json_extract_string(user_part, '$') END                    AS prompt_text
FROM (
    SELECT
        *,
        m.spend_logs_metadata                                           AS s,
        m.requester_metadata                                            AS r,
        coalesce(m.error_information, error_stated)                     AS e,
        coalesce(m.usage_object, answer.usage)                          AS u,
        m.additional_usage_values                                       AS a,
        coalesce(m.cost_breakdown.service_tier, cost_stated.service_tier,
            m.usage_object.service_tier, answer.service_tier)           AS tier,
        coalesce(
            list_filter(turns, lambda turn: turn."role" IN ('system', 'developer'))[1].content,
            q."system", q.instructions)                                 AS system_part,
        coalesce(
            list_filter(turns, lambda turn: turn."role" = 'user')[-1].content,
            CASE WHEN starts_with(messages, '"') THEN messages END) AS user_part
    FROM (
        SELECT
            *,
            CAST(request_tags AS VARCHAR)                               AS tags,
            CAST(messages AS VARCHAR)                                   AS asked,
            from_json(messages, '[{"role": "VARCHAR", "content": "JSON"}]') AS turns,
            from_json(cost_breakdown, '{"service_tier": "VARCHAR"}')    AS cost_stated,
            from_json(error_information, '{"error_class": "VARCHAR", "error_code": "VARCHAR"}') AS error_stated,
            from_json(coalesce(nullif(model_parameters, '{}'), proxy_server_request), '{
                "max_tokens": "VARCHAR", "max_completion_tokens": "VARCHAR",
                "max_output_tokens": "VARCHAR", "reasoning_effort": "VARCHAR",
                "reasoning": {"effort": "VARCHAR"}, "tools": "JSON", "system": "JSON",
                "instructions": "JSON", "response_format": {"type": "VARCHAR"},
                "text": {"format": {"type": "VARCHAR"}}}')              AS q,
            from_json(response, '{"service_tier": "VARCHAR", "usage": {
                "cache_read_input_tokens": "VARCHAR", "cache_creation_input_tokens": "VARCHAR",
                "service_tier": "VARCHAR",
                "server_tool_use": {"web_search_requests": "VARCHAR"},
                "completion_tokens_details": {"reasoning_tokens": "VARCHAR", "audio_tokens": "VARCHAR"},
                "prompt_tokens_details": {
                    "cached_tokens": "VARCHAR", "cache_creation_tokens": "VARCHAR",
                    "cache_write_tokens": "VARCHAR", "audio_tokens": "VARCHAR",
                    "cache_creation_token_details": {
                        "ephemeral_5m_input_tokens": "VARCHAR", "ephemeral_1h_input_tokens": "VARCHAR"}}}}') AS answer,
            from_json(metadata, '{
                "status": "VARCHAR", "cached_tokens": "VARCHAR", "attempted_retries": "VARCHAR",
                "original_model_group": "VARCHAR", "batch_models": "JSON",
                "batch_successful_requests": "VARCHAR", "user_api_key_alias": "VARCHAR",
                "user_api_key_hash": "VARCHAR", "user_api_key_team_alias": "VARCHAR",
                "user_api_key_team_id": "VARCHAR", "user_api_key_project_alias": "VARCHAR",
                "user_api_key_project_id": "VARCHAR", "user_api_key_user_id": "VARCHAR",
                "user_api_key_end_user_id": "VARCHAR", "cost_breakdown": {"service_tier": "VARCHAR"},
                "error_information": {"error_class": "VARCHAR", "error_code": "VARCHAR"},
                "spend_logs_metadata": {
                    "use_case": "VARCHAR", "feature": "VARCHAR", "app": "VARCHAR", "task": "VARCHAR",
                    "workflow": "VARCHAR", "environment": "VARCHAR", "env": "VARCHAR",
                    "project": "VARCHAR", "decision_id": "VARCHAR", "session_id": "VARCHAR",
                    "outcome": "VARCHAR"},
                "requester_metadata": {
                    "use_case": "VARCHAR", "feature": "VARCHAR", "app": "VARCHAR", "task": "VARCHAR",
                    "workflow": "VARCHAR", "environment": "VARCHAR", "env": "VARCHAR",
                    "decision_id": "VARCHAR"},
                "additional_usage_values": {
                    "cache_read_input_tokens": "VARCHAR", "cache_creation_input_tokens": "VARCHAR",
                    "prompt_tokens_details": {"cached_tokens": "VARCHAR"}},
                "usage_object": {
                    "cache_read_input_tokens": "VARCHAR", "cache_creation_input_tokens": "VARCHAR",
                    "service_tier": "VARCHAR",
                    "server_tool_use": {"web_search_requests": "VARCHAR"},
                    "completion_tokens_details": {"reasoning_tokens": "VARCHAR", "audio_tokens": "VARCHAR"},
                    "prompt_tokens_details": {
                        "cached_tokens": "VARCHAR", "cache_creation_tokens": "VARCHAR",
                        "cache_write_tokens": "VARCHAR", "audio_tokens": "VARCHAR",
                        "cache_creation_token_details": {
                            "ephemeral_5m_input_tokens": "VARCHAR", "ephemeral_1h_input_tokens": "VARCHAR"}}}}') AS m
        FROM export
    ) AS read
) AS parsed
