-- deepseek_usage: one row per day, model, key and kind of count; hits and misses of the cache are disjoint
SELECT
    coalesce(nullif(start_time_iso, ''), regexp_replace(utc_date, '^([0-9]{4})([0-9]{2})([0-9]{2})$', '\1-\2-\3'))
                                                                 AS started_at,
    coalesce(nullif(end_time_iso, ''), CAST(TRY_CAST(regexp_replace(utc_date,
        '^([0-9]{4})([0-9]{2})([0-9]{2})$', '\1-\2-\3') AS TIMESTAMP) + INTERVAL 1 DAY AS VARCHAR)) AS ended_at,
    'deepseek'                                                   AS provider,
    user_id                                                      AS billing_account,
    model                                                        AS model_raw,
    'chat'                                                       AS operation,
    CASE WHEN type = 'request_count' THEN amount ELSE requests END AS requests,
    -- Before there were prices by cache, all input stood under one name.
    CASE WHEN type IN ('input_cache_miss_tokens', 'input_tokens') THEN amount END AS input_uncached,
    CASE WHEN type = 'input_cache_hit_tokens' THEN amount END    AS cache_read,
    CASE WHEN type = 'output_tokens' THEN amount END             AS output,
    api_key_name                                                 AS api_key,
    concat_ws('|', coalesce(nullif(user_id, ''), '-'), coalesce(nullif(model, ''), '-'),
        coalesce(nullif(api_key_name, ''), '-'), coalesce(nullif(type, ''), '-')) AS natural_id,
    CASE
        WHEN list_contains(['request_count', 'input_cache_miss_tokens', 'input_tokens',
            'input_cache_hit_tokens', 'output_tokens'], type) IS FALSE THEN 'unknown kind of count'
    END                                                          AS reject,
    CASE WHEN beside = 'true' THEN 'counted beside its tokens' END AS ignored
FROM export
