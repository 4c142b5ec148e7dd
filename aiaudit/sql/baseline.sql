-- baseline: one row per use case and offering, what a later audit needs to measure realised savings
SELECT
    w.use_case,
    w.offering,
    w.rate_class,
    CAST(coalesce(sum(w.requests), 0) AS BIGINT)       AS requests,
    CAST(coalesce(sum(w.input_uncached), 0) AS BIGINT) AS input_uncached,
    CAST(coalesce(sum(w.cache_read), 0) AS BIGINT)     AS cache_read,
    CAST(coalesce(sum(w.cache_write_5m), 0) AS BIGINT) AS cache_write_5m,
    CAST(coalesce(sum(w.cache_write_1h), 0) AS BIGINT) AS cache_write_1h,
    CAST(coalesce(sum(w.output), 0) AS BIGINT)         AS output,
    CAST(coalesce(sum(w.web_searches), 0) AS BIGINT)   AS web_searches,
    sum(w.list_pico)                                   AS cost_list_pico
FROM workload AS w
WHERE w.price_status = 'priced'
GROUP BY w.use_case, w.offering, w.rate_class
ORDER BY w.use_case, w.offering, w.rate_class
