-- costed: one row per call, with its cost at list and at contracted prices, or the reason why not.
-- A long-context rate replaces every token rate of a single request; a row that stands for several
-- is never held against a threshold.
WITH matched AS (
    SELECT
        c.call_id,
        c.offering,
        c.started_at,
        c.billable,
        c.invalid,
        coalesce(c.rate_class, 'standard') AS rate_class,
        c.input_uncached,
        c.cache_read,
        c.cache_write_5m,
        c.cache_write_1h,
        c.output,
        c.web_searches,
        r.offering AS priced_as,
        r.refused,
        r.sku_price_id,
        r.list_input_uncached,
        r.list_cache_read,
        r.list_cache_write_5m,
        r.list_cache_write_1h,
        r.list_output,
        r.list_web_searches,
        r.contracted_input_uncached,
        r.contracted_cache_read,
        r.contracted_cache_write_5m,
        r.contracted_cache_write_1h,
        r.contracted_output,
        r.contracted_web_searches
    FROM scenario AS c
    LEFT JOIN rates AS r
        ON r.offering = c.offering
        AND r.rate_class = coalesce(c.rate_class, 'standard')
        AND c.started_at >= r.valid_from
        AND c.started_at < r.valid_to
        AND (
            r.region = coalesce(lower(c.region), '')
            OR (r.region = '' AND strpos(r.regions, ',' || lower(c.region) || ',') = 0)
        )
        AND r.band = CASE
            WHEN c.requests = 1
            AND CAST(coalesce(c.input_uncached, 0) AS HUGEINT) + coalesce(c.cache_read, 0)
            + coalesce(c.cache_write_5m, 0) + coalesce(c.cache_write_1h, 0)
            + CASE WHEN r.inclusive THEN 1 ELSE 0 END > r.above
            THEN 'long' ELSE 'base'
        END
),
judged AS (
    SELECT
        m.*,
        CASE
            WHEN invalid IS NOT NULL THEN invalid
            WHEN billable IS FALSE THEN NULL
            WHEN offering IS NULL THEN 'unknown model'
            WHEN started_at IS NULL THEN 'no time'
            WHEN rate_class NOT IN ('standard', 'batch', 'flex', 'priority', 'provisioned')
            THEN 'unknown rate class'
            WHEN priced_as IS NULL THEN 'no price in force at that time'
            WHEN refused IS NOT NULL THEN refused
            WHEN coalesce(
                input_uncached, cache_read, cache_write_5m, cache_write_1h, output, web_searches
            ) IS NULL THEN 'no counters'
            WHEN input_uncached > 0 AND list_input_uncached IS NULL
            THEN 'no published rate for input_uncached'
            WHEN cache_read > 0 AND list_cache_read IS NULL
            THEN 'no published rate for cache_read'
            WHEN cache_write_5m > 0 AND list_cache_write_5m IS NULL
            THEN 'no published rate for cache_write_5m'
            WHEN cache_write_1h > 0 AND list_cache_write_1h IS NULL
            THEN 'no published rate for cache_write_1h'
            WHEN output > 0 AND list_output IS NULL
            THEN 'no published rate for output'
            WHEN web_searches > 0 AND list_web_searches IS NULL
            THEN 'no published rate for web_searches'
        END AS obstacle
    FROM matched AS m
)
SELECT
    call_id,
    CASE
        WHEN obstacle IS NOT NULL THEN NULL
        WHEN billable IS FALSE THEN CAST(0 AS DECIMAL(38, 0))
        ELSE CAST(
            CAST(coalesce(input_uncached, 0) AS HUGEINT) * coalesce(list_input_uncached, 0)
            + CAST(coalesce(cache_read, 0) AS HUGEINT) * coalesce(list_cache_read, 0)
            + CAST(coalesce(cache_write_5m, 0) AS HUGEINT) * coalesce(list_cache_write_5m, 0)
            + CAST(coalesce(cache_write_1h, 0) AS HUGEINT) * coalesce(list_cache_write_1h, 0)
            + CAST(coalesce(output, 0) AS HUGEINT) * coalesce(list_output, 0)
            + CAST(coalesce(web_searches, 0) AS HUGEINT) * coalesce(list_web_searches, 0)
            AS DECIMAL(38, 0)
        )
    END AS list_pico,
    CASE
        WHEN obstacle IS NOT NULL THEN NULL
        WHEN billable IS FALSE THEN CAST(0 AS DECIMAL(38, 0))
        ELSE CAST(
            CAST(coalesce(input_uncached, 0) AS HUGEINT) * coalesce(contracted_input_uncached, 0)
            + CAST(coalesce(cache_read, 0) AS HUGEINT) * coalesce(contracted_cache_read, 0)
            + CAST(coalesce(cache_write_5m, 0) AS HUGEINT) * coalesce(contracted_cache_write_5m, 0)
            + CAST(coalesce(cache_write_1h, 0) AS HUGEINT) * coalesce(contracted_cache_write_1h, 0)
            + CAST(coalesce(output, 0) AS HUGEINT) * coalesce(contracted_output, 0)
            + CAST(coalesce(web_searches, 0) AS HUGEINT) * coalesce(contracted_web_searches, 0)
            AS DECIMAL(38, 0)
        )
    END AS contracted_pico,
    CASE WHEN obstacle IS NULL AND billable IS DISTINCT FROM FALSE THEN sku_price_id END
        AS sku_price_id,
    CASE
        WHEN invalid IS NOT NULL THEN 'invalid'
        WHEN obstacle IS NOT NULL THEN 'unpriced'
        ELSE 'priced'
    END AS status,
    CASE WHEN obstacle IS NULL AND billable IS FALSE THEN 'not billable' ELSE obstacle END AS reason
FROM judged
