-- openai_usage: one row per bucket and group of the usage export, from the API or the dashboard
-- `input_tokens` holds the cached and the cache-writing tokens; reasoning is inside the output.
SELECT
    start_time                                                        AS started_at,
    end_time                                                          AS ended_at,
    'openai'                                                          AS provider,
    model                                                             AS model_raw,
    CASE
        WHEN kind = 'completions'                          THEN 'chat'
        WHEN kind = 'embeddings'                           THEN 'embedding'
        WHEN kind = 'moderations'                          THEN 'moderation'
        WHEN kind = 'images'                               THEN 'image'
        WHEN kind LIKE 'audio%'                            THEN 'audio'
        ELSE 'other'
    END                                                               AS operation,
    -- The search endpoint repeats the requests of the models: only the searches are its own.
    CASE WHEN kind = 'web_searches' THEN NULL ELSE num_model_requests END AS requests,
    CASE WHEN kind = 'web_searches' THEN num_requests END             AS web_searches,
    input_tokens                                                      AS input,
    input_cached_tokens                                               AS cache_read,
    input_cache_write_tokens                                          AS cache_write,
    output_tokens                                                     AS output,
    -- Where cached audio has a column of its own, it stands beside the other audio.
    CASE
        WHEN input_audio_tokens <> '' AND input_cached_audio_tokens <> ''
            THEN coalesce(CAST(TRY_CAST(input_audio_tokens AS DECIMAL(30, 3))
                + TRY_CAST(input_cached_audio_tokens AS DECIMAL(30, 3)) AS VARCHAR), input_audio_tokens)
        ELSE coalesce(nullif(input_audio_tokens, ''), input_cached_audio_tokens)
    END                                                               AS audio_input,
    input_cached_audio_tokens                                         AS audio_cache_read,
    output_audio_tokens                                               AS audio_output,
    input_image_tokens                                                AS image_input,
    output_image_tokens                                               AS image_output,
    images,
    CASE
        WHEN lower(batch) = 'true'         THEN 'batch'
        WHEN lower(service_tier) = 'default' THEN 'standard'
        WHEN lower(service_tier) = 'fast'  THEN 'priority'
        WHEN lower(service_tier) = 'scale' THEN 'provisioned'
        WHEN service_tier <> ''            THEN lower(service_tier)
        WHEN lower(batch) = 'false'        THEN 'standard'
    END                                                               AS rate_class,
    organization_id                                                   AS billing_account,
    user_id,
    project_id                                                        AS project,
    api_key_id                                                        AS api_key,
    concat_ws('|', kind,
        coalesce(nullif(project_id, ''), '-'), coalesce(nullif(user_id, ''), '-'),
        coalesce(nullif(api_key_id, ''), '-'), coalesce(nullif(model, ''), '-'),
        coalesce(lower(nullif(batch, '')), '-'), coalesce(nullif(service_tier, ''), '-'),
        coalesce(nullif(source, ''), '-'), coalesce(nullif(size, ''), '-'),
        coalesce(nullif(context_level, ''), '-'))                     AS natural_id,
    CASE
        WHEN idle = 'true' THEN 'idle bucket'
        WHEN kind IN ('vector_stores', 'code_interpreter_sessions', 'file_searches')
            THEN 'not a model call'
        WHEN coalesce(nullif(model, ''), nullif(project_id, ''), nullif(num_model_requests, ''),
            nullif(num_requests, ''), nullif(num_sessions, ''), nullif(input_tokens, ''),
            nullif(output_tokens, ''), nullif(images, ''), nullif(characters, ''),
            nullif(seconds, ''), nullif(usage_bytes, '')) IS NULL
            AND start_time <> '' AND end_time <> '' THEN 'idle bucket'
    END                                                               AS ignored
FROM (
    SELECT
        *,
        -- A download does not name its endpoint: the columns and the model do.
        CASE
            WHEN endpoint <> ''                                       THEN endpoint
            WHEN images <> ''                                         THEN 'images'
            WHEN characters <> ''                                     THEN 'audio_speeches'
            WHEN seconds <> ''                                        THEN 'audio_transcriptions'
            WHEN usage_bytes <> ''                                    THEN 'vector_stores'
            WHEN num_sessions <> ''                                   THEN 'code_interpreter_sessions'
            WHEN vector_store_id <> ''                                THEN 'file_searches'
            WHEN num_requests <> ''                                   THEN 'web_searches'
            WHEN lower(model) LIKE '%embedding%'                      THEN 'embeddings'
            WHEN lower(model) LIKE '%moderation%'                     THEN 'moderations'
            ELSE 'completions'
        END AS kind
    FROM export
)
