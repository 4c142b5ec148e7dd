-- openrouter_activity: one row per day, model and endpoint of the activity, from the API or the page
-- Reasoning lies inside the completion. What a customer's own key paid elsewhere is `byok`.
SELECT
    started_at,
    CAST(TRY_CAST(started_at AS TIMESTAMP) + INTERVAL 1 DAY AS VARCHAR) AS ended_at,
    concat_ws('|', left(started_at, 10), lower(model_raw), endpoint, served_by, workspace, api_key, app)
                                                                        AS natural_id,
    -- Only what a customer's own key paid belongs to the provider alone.
    CASE WHEN regexp_matches(paid, '^[0.]*$') AND regexp_matches(byok, '[1-9]')
        THEN served_by ELSE 'openrouter' END                            AS provider,
    'openrouter'                                                        AS gateway,
    model_raw,
    'chat'                                                              AS operation,
    requests,
    input,
    output,
    reasoning,
    CAST(CASE WHEN paid <> '' OR byok <> '' THEN
        coalesce(TRY_CAST(paid AS DECIMAL(36,18)), CAST('0' AS DECIMAL(36,18)))
        + coalesce(TRY_CAST(byok AS DECIMAL(36,18)), CAST('0' AS DECIMAL(36,18)))
        END AS VARCHAR)                                                 AS stated_cost,
    workspace                                                           AS project,
    api_key
FROM (
    SELECT
        coalesce(date, day)                                             AS started_at,
        coalesce(nullif(model_permaslug, ''), nullif(slug, ''), model)  AS model_raw,
        nullif(endpoint_id, '')                                         AS endpoint,
        nullif(coalesce(provider_name, provider), '')                   AS served_by,
        nullif(workspace_id, '')                                        AS workspace,
        nullif(coalesce(api_key_name, "API Key"), '')                   AS api_key,
        nullif(app_name, '')                                            AS app,
        coalesce(requests, request_count)                               AS requests,
        coalesce(prompt_tokens, "Prompt Tokens")                        AS input,
        coalesce(completion_tokens, "Completion Tokens")                AS output,
        coalesce(reasoning_tokens, "Reasoning Tokens")                  AS reasoning,
        regexp_replace(coalesce(usage, spend), '[$, ]', '', 'g')        AS paid,
        regexp_replace(coalesce(byok_usage_inference, "BYOK Usage"), '[$, ]', '', 'g') AS byok
    FROM export
) AS read
