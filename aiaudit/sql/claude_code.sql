-- claude_code: one row per line of a session; only an answer that states its usage is a call
-- A streamed answer has a line per block, each with the usage so far: one id, the largest counts.
SELECT
    CASE WHEN m.id <> '' THEN concat_ws('/', m.id, nullif(requestId, '')) END AS natural_id,
    m.id                                                                AS response_id,
    "timestamp"                                                         AS started_at,
    CASE
        WHEN starts_with(m.id, 'msg_bdrk_')                             THEN 'bedrock'
        WHEN starts_with(m.id, 'msg_vrtx_')                             THEN 'vertex'
        WHEN contains(lower(m.model), 'claude')                         THEN 'anthropic'
    END                                                                 AS provider,
    m.model                                                             AS model_raw,
    'chat'                                                              AS operation,
    '1'                                                                 AS requests,
    m."usage"                                                           AS "usage",
    CASE
        WHEN lower(json_extract_string(m."usage", '$.speed')) = 'fast'  THEN 'fast'
        WHEN served = 'default'                                         THEN 'standard'
        ELSE nullif(served, '')
    END                                                                 AS rate_class,
    nullif(json_extract_string(m."usage", '$.inference_geo'), 'not_available') AS region,
    CASE WHEN lower(isApiErrorMessage) = 'true' THEN 'error' ELSE 'success' END AS status,
    -- Notices that the tool itself writes in the place of an answer reach no model.
    CASE WHEN m.model = '<synthetic>' OR lower(isApiErrorMessage) = 'true' THEN FALSE END AS billable,
    costUSD                                                             AS stated_cost,
    folder                                                              AS project,
    folder                                                              AS use_case,
    sessionId                                                           AS session_id,
    CASE WHEN lower(isSidechain) = 'true' THEN 'sidechain' END          AS agent,
    -- A sidechain may repeat answers of its parent under request ids of its own.
    lower(isSidechain) = 'true'                                         AS replay,
    CASE
        WHEN json_type(m."usage") = 'OBJECT'                            THEN NULL
        WHEN "type" = 'user'                                            THEN 'line of the user or a tool'
        WHEN "type" = 'assistant'                                       THEN 'answer without usage'
        WHEN "type" <> ''                                               THEN 'note of the session'
    END                                                                 AS ignored
FROM (
    SELECT
        *,
        lower(json_extract_string(m."usage", '$.service_tier'))         AS served,
        -- Of a path only its last part, and of a home folder nothing: it is a person's name.
        CASE WHEN regexp_matches(cwd, '^([A-Za-z]:)?[/\\](home|Users)[/\\][^/\\]+[/\\]*$') IS FALSE
            THEN nullif(regexp_extract(cwd, '([^/\\]+)[/\\]*$', 1), '') END AS folder
    FROM (
        SELECT *, from_json(message, '{"id": "VARCHAR", "model": "VARCHAR", "usage": "JSON"}') AS m
        FROM export
    ) AS read
) AS line
