-- covered: one row per way to be priced (the confidence of the price, or why there is none)
WITH known AS (
    SELECT
        sku_price_id,
        min(confidence) AS confidence
    FROM rates
    GROUP BY sku_price_id
),
weighed AS (
    SELECT
        c.requests,
        c.stated_cost,
        p.status,
        CASE
            WHEN p.status <> 'priced' THEN p.status
            ELSE coalesce(k.confidence, 'not billable')
        END AS confidence,
        coalesce(c.input_uncached, 0) + coalesce(c.cache_read, 0) + coalesce(c.cache_write_5m, 0)
        + coalesce(c.cache_write_1h, 0) + coalesce(c.output, 0) AS tokens
    FROM calls AS c
    INNER JOIN costed AS p ON p.call_id = c.call_id
    LEFT JOIN known AS k ON k.sku_price_id = p.sku_price_id
)
SELECT
    confidence,
    status = 'priced' AS priced,
    CAST(coalesce(sum(requests), 0) AS BIGINT) AS requests,
    CAST(coalesce(sum(tokens), 0) AS BIGINT) AS tokens,
    sum(stated_cost) AS stated
FROM weighed
GROUP BY confidence, status
ORDER BY
    CASE confidence
        WHEN 'confirmed' THEN 0 WHEN 'catalogue' THEN 1 WHEN 'inferred' THEN 2
        WHEN 'not billable' THEN 4 WHEN 'unpriced' THEN 5 WHEN 'invalid' THEN 6
        ELSE 3
    END,
    confidence
