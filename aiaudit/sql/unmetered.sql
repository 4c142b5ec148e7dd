-- unmetered: one row per provider day where the logs show more than the provider metered
SELECT
    concat_ws('/', 'unmetered', m.provider, m.billing_account, m.offering, m.rate_class, m.day) AS call_id,
    m.provider,
    m.billing_account,
    m.day,
    m.offering,
    timezone('UTC', timezone(coalesce(z.zone, 'UTC'), CAST(m.day AS TIMESTAMP))) AS started_at,
    m.rate_class,
    CAST(NULL AS VARCHAR)                   AS region,
    CAST(NULL AS BIGINT)                    AS requests,
    m.logged_not_metered_input_uncached     AS input_uncached,
    m.logged_not_metered_cache_read         AS cache_read,
    m.logged_not_metered_cache_write_5m     AS cache_write_5m,
    m.logged_not_metered_cache_write_1h     AS cache_write_1h,
    m.logged_not_metered_output             AS output,
    CAST(0 AS BIGINT)                       AS web_searches,
    TRUE                                    AS billable,
    CAST(NULL AS VARCHAR)                   AS invalid
FROM metering AS m
LEFT JOIN billing_zones AS z ON z.provider = m.provider
WHERE m.logged_not_metered_input_uncached + m.logged_not_metered_cache_read
    + m.logged_not_metered_cache_write_5m + m.logged_not_metered_cache_write_1h
    + m.logged_not_metered_output > 0
