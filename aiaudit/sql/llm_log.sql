-- llm_log: one row per turn or older response; the details are those of the provider
SELECT
    id                                                                  AS natural_id,
    json_extract_string(answer, '$.id')                                 AS response_id,
    datetime_utc                                                        AS started_at,
    coalesce(nullif(resolved_model, ''), model)                         AS model_raw,
    'chat'                                                              AS operation,
    '1'                                                                 AS requests,
    -- Anthropic's details name what the cache read and wrote beside the input, others inside it.
    CASE WHEN beside IS FALSE THEN input_tokens END                     AS "input",
    CASE WHEN beside THEN input_tokens END                              AS input_uncached,
    coalesce(d.prompt_tokens_details.cached_tokens, d.input_tokens_details.cached_tokens,
        d.cache_read_input_tokens, d.cachedContentTokenCount)           AS cache_read,
    d.cache_creation_input_tokens                                       AS cache_write,
    output_tokens                                                       AS output,
    coalesce(d.completion_tokens_details.reasoning_tokens,
        d.output_tokens_details.reasoning_tokens)                       AS reasoning,
    TRY_CAST(duration_ms AS BIGINT)                                     AS latency_ms,
    'success'                                                           AS status,
    thread                                                              AS session_id,
    CASE WHEN schema_id <> '' THEN TRUE END                             AS has_schema,
    TRY_CAST(coalesce(o.max_tokens, o.max_output_tokens) AS BIGINT)     AS max_output_tokens,
    o.reasoning_effort                                                  AS effort,
    ignored,
    instructed                                                          AS system_text,
    asked                                                               AS prompt_text
FROM (
    SELECT
        *,
        coalesce(d.cache_read_input_tokens, d.cache_creation_input_tokens) IS NOT NULL AS beside
    FROM (
        SELECT
            *,
            CASE WHEN json_valid(response_json) THEN CAST(response_json AS JSON) END AS answer,
            from_json(CASE WHEN json_valid(options_json) THEN options_json END, '{
                "max_tokens": "VARCHAR", "max_output_tokens": "VARCHAR",
                "reasoning_effort": "VARCHAR"}')                        AS o,
            from_json(CASE WHEN json_valid(token_details) THEN token_details END, '{
                "prompt_tokens_details": {"cached_tokens": "VARCHAR"},
                "input_tokens_details": {"cached_tokens": "VARCHAR"},
                "completion_tokens_details": {"reasoning_tokens": "VARCHAR"},
                "output_tokens_details": {"reasoning_tokens": "VARCHAR"},
                "cache_read_input_tokens": "VARCHAR", "cache_creation_input_tokens": "VARCHAR",
                "cachedContentTokenCount": "VARCHAR"}')                 AS d
        FROM export
    ) AS read
) AS parsed
