-- models: one row per provider, offering and tier that it was served as
SELECT
    w.provider,
    coalesce(w.offering, w.model_raw, 'no model named') AS offering,
    w.model,
    w.served_tier,
    CAST(coalesce(sum(w.requests), 0) AS BIGINT)        AS requests,
    CAST(coalesce(sum(w.input_uncached), 0) AS BIGINT)  AS input_uncached,
    CAST(coalesce(sum(w.cache_read), 0) AS BIGINT)      AS cache_read,
    CAST(coalesce(sum(w.cache_write_5m), 0) AS BIGINT)  AS cache_write_5m,
    CAST(coalesce(sum(w.cache_write_1h), 0) AS BIGINT)  AS cache_write_1h,
    CAST(coalesce(sum(w.output), 0) AS BIGINT)          AS output,
    sum(w.list_pico)                                    AS cost_list_pico,
    sum(w.contracted_pico)                              AS cost_contracted_pico
FROM workload AS w
GROUP BY w.provider, coalesce(w.offering, w.model_raw, 'no model named'), w.model, w.served_tier
ORDER BY sum(w.contracted_pico) DESC NULLS LAST, offering, w.provider, w.served_tier
