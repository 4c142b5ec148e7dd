-- codex_sessions: one row per line of a session; only an event that tells what a call used is one
-- A log has no ids: a call is known by its instant and the counts told then, in every copy.
SELECT
    CASE WHEN "at" <> '' THEN left(sha256("event"), 32) END             AS natural_id,
    "at"                                                                AS started_at,
    lower(provider)                                                     AS provider,
    model                                                               AS model_raw,
    'chat'                                                              AS operation,
    '1'                                                                 AS requests,
    input_tokens                                                        AS "input",
    cached_input_tokens                                                 AS cache_read,
    output_tokens                                                       AS output,
    reasoning_output_tokens                                             AS reasoning,
    effort,
    'success'                                                           AS status,
    folder                                                              AS project,
    folder                                                              AS use_case,
    session                                                             AS session_id,
    ignored,
    asked                                                               AS prompt_text
FROM (
    SELECT
        * EXCLUDE (folder),
        -- Of a path only its last part, and of a home folder nothing: it is a person's name.
        CASE WHEN regexp_matches(folder, '^([A-Za-z]:)?[/\\](home|Users)[/\\][^/\\]+[/\\]*$') IS FALSE
            THEN nullif(regexp_extract(folder, '([^/\\]+)[/\\]*$', 1), '') END AS folder
    FROM export
) AS line
