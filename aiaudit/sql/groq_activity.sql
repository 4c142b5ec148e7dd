-- groq_activity: one row per day and model; the context holds the cached tokens, which are a difference
SELECT
    timestamp                                                    AS started_at,
    'groq'                                                       AS provider,
    organization_id                                              AS billing_account,
    model                                                        AS model_raw,
    CASE
        WHEN regexp_matches(lower(model), 'whisper|tts|orpheus') THEN 'audio'
        ELSE 'chat'
    END                                                          AS operation,
    num_requests                                                 AS requests,
    n_context_tokens_total                                       AS input,
    n_non_cached_context_tokens_total                            AS input_uncached,
    CASE
        WHEN TRY_CAST(n_context_tokens_total AS DECIMAL(30, 3))
            >= TRY_CAST(n_non_cached_context_tokens_total AS DECIMAL(30, 3))
            THEN CAST(TRY_CAST(n_context_tokens_total AS DECIMAL(30, 3))
                - TRY_CAST(n_non_cached_context_tokens_total AS DECIMAL(30, 3)) AS VARCHAR)
    END                                                          AS cache_read,
    n_generated_tokens_total                                     AS output,
    cost                                                         AS stated_cost,
    coalesce(nullif(project_name, ''), project_id)               AS project,
    concat_ws('|', coalesce(nullif(organization_id, ''), nullif(organization_name, ''), '-'),
        coalesce(nullif(project_id, ''), nullif(project_name, ''), '-'),
        coalesce(nullif(model, ''), '-'))                        AS natural_id
FROM export
