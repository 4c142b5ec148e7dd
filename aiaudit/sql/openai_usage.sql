-- openai_usage: one row per bucket and group of the usage export, from the API or the dashboard
-- `input_tokens` holds the cached and the cache-writing tokens; reasoning is inside the output.
SELECT
    start_time                                                        AS started_at,
    end_time                                                          AS ended_at,
    'openai'                                                          AS provider,
    model                                                             AS model_raw,
    CASE
        WHEN endpoint = 'completions'                      THEN 'chat'
        WHEN endpoint = 'embeddings'                       THEN 'embedding'
        WHEN endpoint = 'moderations'                      THEN 'moderation'
        WHEN endpoint = 'images' OR images <> ''           THEN 'image'
        WHEN endpoint LIKE 'audio%' OR characters <> '' OR seconds <> '' THEN 'audio'
        WHEN endpoint IS NULL AND input_tokens <> ''       THEN 'chat'
        ELSE 'other'
    END                                                               AS operation,
    -- The search endpoint repeats the requests of the models: only the searches are its own.
    CASE WHEN endpoint = 'web_searches' THEN NULL ELSE num_model_requests END AS requests,
    CASE WHEN endpoint = 'web_searches' THEN num_requests END         AS web_searches,
    input_tokens                                                      AS input,
    input_cached_tokens                                               AS cache_read,
    input_cache_write_tokens                                          AS cache_write,
    output_tokens                                                     AS output,
    input_audio_tokens                                                AS audio_input,
    output_audio_tokens                                               AS audio_output,
    images,
    CASE
        WHEN lower(batch) = 'true'         THEN 'batch'
        WHEN lower(service_tier) = 'default' THEN 'standard'
        WHEN lower(service_tier) = 'fast'  THEN 'priority'
        WHEN lower(service_tier) = 'scale' THEN 'provisioned'
        WHEN service_tier <> ''            THEN lower(service_tier)
        WHEN lower(batch) = 'false'        THEN 'standard'
    END                                                               AS rate_class,
    user_id,
    project_id                                                        AS project,
    api_key_id                                                        AS api_key,
    concat_ws('|', coalesce(endpoint, 'completions'),
        coalesce(nullif(project_id, ''), '-'), coalesce(nullif(user_id, ''), '-'),
        coalesce(nullif(api_key_id, ''), '-'), coalesce(nullif(model, ''), '-'),
        coalesce(lower(nullif(batch, '')), '-'), coalesce(nullif(service_tier, ''), '-'),
        coalesce(nullif(source, ''), '-'), coalesce(nullif(size, ''), '-'),
        coalesce(nullif(context_level, ''), '-'))                     AS natural_id,
    CASE
        WHEN idle = 'true' THEN 'idle bucket'
        WHEN endpoint IN ('vector_stores', 'code_interpreter_sessions', 'file_searches')
            THEN 'not a model call'
        WHEN coalesce(nullif(model, ''), nullif(project_id, ''), nullif(num_model_requests, ''),
            nullif(num_requests, ''), nullif(num_sessions, ''), nullif(input_tokens, ''),
            nullif(output_tokens, ''), nullif(images, ''), nullif(characters, ''),
            nullif(seconds, ''), nullif(usage_bytes, '')) IS NULL
            AND start_time <> '' AND end_time <> '' THEN 'idle bucket'
    END                                                               AS ignored
FROM export
