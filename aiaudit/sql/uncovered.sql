-- uncovered: one row per provider, model and reason without a price, dearest in tokens first
WITH near AS (
    SELECT
        provider,
        model_raw,
        min(did_you_mean) AS did_you_mean
    FROM identified
    GROUP BY provider, model_raw
)
SELECT
    c.model_raw AS model,
    c.provider,
    coalesce(p.reason, 'unknown') AS reason,
    min(n.did_you_mean) AS did_you_mean,
    CAST(coalesce(sum(c.requests), 0) AS BIGINT) AS requests,
    CAST(
        coalesce(
            sum(
                coalesce(c.input_uncached, 0) + coalesce(c.cache_read, 0)
                + coalesce(c.cache_write_5m, 0) + coalesce(c.cache_write_1h, 0)
                + coalesce(c.output, 0)
            ), 0
        ) AS BIGINT
    ) AS tokens
FROM calls AS c
INNER JOIN costed AS p ON p.call_id = c.call_id
LEFT JOIN near AS n
    ON n.provider IS NOT DISTINCT FROM c.provider AND n.model_raw IS NOT DISTINCT FROM c.model_raw
WHERE p.status <> 'priced'
GROUP BY c.model_raw, c.provider, coalesce(p.reason, 'unknown')
ORDER BY tokens DESC, c.model_raw, c.provider, reason
