-- openai_usage_legacy: one row per line of the older usage export; the context holds the cached tokens
SELECT
    coalesce(nullif(aggregation_timestamp, ''), timestamp)            AS started_at,
    'openai'                                                          AS provider,
    organization_id                                                   AS billing_account,
    coalesce(nullif(snapshot_id, ''), model_id)                       AS model_raw,
    CASE
        WHEN about = 'image'                                          THEN 'image'
        WHEN about IN ('transcription', 'speech')                     THEN 'audio'
        WHEN lower(operation) LIKE '%embed%' OR lower(snapshot_id) LIKE '%embedding%' THEN 'embedding'
        WHEN lower(operation) LIKE '%moderation%'                     THEN 'moderation'
        ELSE 'chat'
    END                                                               AS operation,
    coalesce(nullif(n_requests, ''), num_requests)                    AS requests,
    n_context_tokens_total                                            AS input,
    n_cached_context_tokens_total                                     AS cache_read,
    n_generated_tokens_total                                          AS output,
    num_images                                                        AS images,
    CASE WHEN lower(request_type) = 'batch' THEN 'batch' END          AS rate_class,
    coalesce(nullif(user_id, ''), email)                              AS user_id,
    coalesce(nullif(project_name, ''), project_id)                    AS project,
    coalesce(nullif(api_key_name, ''), api_key_id)                    AS api_key,
    concat_ws('|', coalesce(about, 'text'), coalesce(nullif(snapshot_id, ''), nullif(model_id, ''), '-'),
        coalesce(nullif(operation, ''), '-'), coalesce(nullif(request_type, ''), '-'),
        coalesce(nullif(project_id, ''), '-'), coalesce(nullif(user_id, ''), nullif(email, ''), '-'),
        coalesce(nullif(api_key_id, ''), '-'), coalesce(nullif(image_size, ''), '-'),
        coalesce(nullif(organization_id, ''), '-'))                   AS natural_id,
    CASE WHEN about IN ('tool', 'fine-tuning') THEN 'not a model call' END AS ignored
FROM export
