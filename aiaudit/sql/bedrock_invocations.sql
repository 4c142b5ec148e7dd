-- bedrock_invocations: one row per call as Amazon Bedrock logged it, alone or wrapped by CloudWatch
-- The cache stands beside the input. Counts are those of the log itself, never those of a body: a
-- body holds what users and models wrote. Only the split of cache writes is told by the answer.
SELECT
    request                                                             AS natural_id,
    coalesce(
        CASE WHEN regexp_matches(answer_id, '^(msg|chatcmpl|resp|gen)[_-]') THEN answer_id END,
        request)                                                        AS response_id,
    logged_at                                                           AS started_at,
    'bedrock'                                                           AS provider,
    account                                                             AS billing_account,
    model                                                               AS model_raw,
    CASE
        WHEN regexp_matches(lower(model), 'embed')                      THEN 'embedding'
        WHEN regexp_matches(lower(model), 'rerank')                     THEN 'rerank'
        WHEN regexp_matches(lower(model), 'canvas|image|stable|stability|sdxl') THEN 'image'
        WHEN regexp_matches(lower(model), 'sonic')                      THEN 'audio'
        WHEN called <> ''                                               THEN 'chat'
    END                                                                 AS operation,
    '1'                                                                 AS requests,
    json_extract_string(asked, '$.inputTokenCount')                     AS input_uncached,
    json_extract_string(asked, '$.cacheReadInputTokenCount')            AS cache_read,
    json_extract_string(asked, '$.cacheWriteInputTokenCount')           AS cache_write,
    CASE WHEN json_extract_string(asked, '$.cacheWriteInputTokenCount') <> ''
        THEN json_extract_string(answered, '$.usage.cache_creation.ephemeral_1h_input_tokens')
    END                                                                 AS cache_write_1h,
    json_extract_string(told, '$.outputTokenCount')                     AS output,
    coalesce(
        json_extract_string(answered, '$.serviceTier.type'),
        json_extract_string(body, '$.serviceTier.type'))                AS rate_class,
    place                                                               AS region,
    CASE WHEN error <> '' THEN 'error' ELSE 'success' END               AS status,
    CASE
        WHEN regexp_matches(error, 'Throttl|Quota|TooMany')             THEN 'rate_limit'
        WHEN regexp_matches(error, 'Timeout')                           THEN 'timeout'
        WHEN regexp_matches(error, 'AccessDenied|Unrecognized|Expired') THEN 'auth'
        WHEN regexp_matches(error, 'Validation|NotFound|Conflict')      THEN 'bad_request'
        WHEN regexp_matches(error, 'Internal|Unavailable|ModelError|NotReady|Stream') THEN 'server'
        WHEN error <> ''                                                THEN 'other'
    END                                                                 AS error_class,
    json_extract_string(answered, '$.metrics.latencyMs')                AS latency_ms,
    coalesce(
        json_extract_string(tags, '$.user'), json_extract_string(tags, '$.user_id'),
        json_extract_string(tags, '$.userId'), caller)                  AS user_id,
    coalesce(
        json_extract_string(tags, '$.team'), json_extract_string(tags, '$.department')) AS team,
    json_extract_string(tags, '$.project')                              AS project,
    coalesce(
        json_extract_string(tags, '$.use_case'), json_extract_string(tags, '$.useCase'),
        json_extract_string(tags, '$.feature'), json_extract_string(tags, '$.application'),
        json_extract_string(tags, '$.app'))                             AS use_case,
    coalesce(
        json_extract_string(tags, '$.environment'), json_extract_string(tags, '$.env')) AS environment,
    coalesce(
        json_extract_string(tags, '$.session_id'), json_extract_string(tags, '$.sessionId')) AS session_id,
    json_extract_string(tags, '$.decision_id')                          AS decision_id,
    len(turns)                                                          AS messages,
    coalesce(
        json_array_length(body, '$.toolConfig.tools'), json_array_length(body, '$.tools')) AS tools,
    TRY_CAST(coalesce(
        json_extract_string(body, '$.inferenceConfig.maxTokens'),
        json_extract_string(body, '$.max_tokens'),
        json_extract_string(body, '$.textGenerationConfig.maxTokenCount'),
        json_extract_string(body, '$.max_gen_len')) AS BIGINT)          AS max_output_tokens,
    CASE WHEN kind <> 'ModelInvocationLog' THEN 'another kind of log' END AS ignored,
    CASE WHEN starts_with(system_part, '[')
        THEN array_to_string(json_extract_string(system_part, '$[*].text'), ' ')
        ELSE json_extract_string(system_part, '$') END                  AS system_text,
    coalesce(
        CASE WHEN starts_with(user_part, '[')
            THEN array_to_string(json_extract_string(user_part, '$[*].text'), ' ')
            ELSE json_extract_string(user_part, '$') END,
        json_extract_string(body, '$.prompt'),
        json_extract_string(body, '$.inputText'))                       AS prompt_text
FROM (
    SELECT
        *,
        json_extract(body, '$.system')                                  AS system_part,
        list_filter(turns, lambda turn: turn."role" = 'user')[-1].content AS user_part
    FROM (
        SELECT
            *,
            coalesce(
                json_extract_string(answered, '$.id'),
                json_extract_string(answered, '$[0].message.id'))       AS answer_id,
            from_json(json_extract(body, '$.messages'),
                '[{"role": "VARCHAR", "content": "JSON"}]')             AS turns
        FROM (
            SELECT
                *,
                json_extract(asked, '$.inputBodyJson')                  AS body,
                json_extract(told, '$.outputBodyJson')                  AS answered
            FROM (
                SELECT
                    coalesce(json_extract_string(log, '$.schemaType'), schemaType, 'none') AS kind,
                    -- A wrapper has a time of its own, at which the line came in.
                    CASE WHEN log IS NULL THEN "timestamp"
                        ELSE json_extract_string(log, '$.timestamp') END AS logged_at,
                    coalesce(accountId, json_extract_string(log, '$.accountId')) AS account,
                    coalesce(modelId, json_extract_string(log, '$.modelId')) AS model,
                    coalesce(operation, json_extract_string(log, '$.operation')) AS called,
                    coalesce(inferenceRegion, json_extract_string(log, '$.inferenceRegion'), region,
                        json_extract_string(log, '$.region'))           AS place,
                    coalesce(errorCode, json_extract_string(log, '$.errorCode')) AS error,
                    -- Masked ids are all zeros, and no identity.
                    nullif(coalesce(requestId, json_extract_string(log, '$.requestId')),
                        '00000000-0000-0000-0000-000000000000')         AS request,
                    coalesce(requestMetadata, json_extract(log, '$.requestMetadata')) AS tags,
                    json_extract_string(
                        coalesce(identity, json_extract(log, '$.identity')), '$.arn') AS caller,
                    coalesce("input", json_extract(log, '$.input'))     AS asked,
                    coalesce("output", json_extract(log, '$.output'))   AS told
                FROM (SELECT *, coalesce("message", "@message") AS log FROM export) AS logged
            ) AS unwrapped
        ) AS opened
    ) AS parsed
) AS found
