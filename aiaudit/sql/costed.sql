-- costed: one row per call, with its cost at list and at contracted prices, or the reason why not.
-- A call is matched with a price by its time, then with one rate of it by its region, size or hour:
-- a long-context or an off-peak rate replaces every token rate of a single request. A row that
-- stands for several requests is never held against a threshold or an hour: it gets the base rate.
-- Most calls are text at list prices: these are told apart first, since their sum is short.
WITH plain AS (
    SELECT
        offering,
        rate_class,
        valid_from,
        valid_to,
        is_regional,
        most,
        above - CASE WHEN inclusive THEN 1 ELSE 0 END AS above,
        sku_price_id,
        list_input_uncached,
        list_cache_read,
        list_cache_write_5m,
        list_cache_write_1h,
        list_output
    FROM rates
    WHERE is_plain
),
told AS (
    SELECT
        c.call_id,
        w.sku_price_id,
        CASE
            WHEN w.offering IS NOT NULL
            AND c.invalid IS NULL
            AND c.billable IS DISTINCT FROM FALSE
            AND (c.region IS NULL OR w.is_regional IS FALSE)
            AND coalesce(
                c.input_uncached, c.cache_read, c.cache_write_5m, c.cache_write_1h, c.output
            ) IS NOT NULL
            AND (
                c.requests = 1
                AND coalesce(c.input_uncached, 0) + coalesce(c.cache_read, 0)
                + coalesce(c.cache_write_5m, 0) + coalesce(c.cache_write_1h, 0) > w.above
            ) IS NOT TRUE
            -- So few that whole numbers of the common size hold the cost.
            AND coalesce(c.input_uncached, 0) + coalesce(c.cache_read, 0)
            + coalesce(c.cache_write_5m, 0) + coalesce(c.cache_write_1h, 0)
            + coalesce(c.output, 0) <= w.most
            AND (
                greatest(
                    c.web_searches, c.images, c.audio_input, c.audio_cache_read, c.audio_output,
                    c.image_output
                ) > 0
            ) IS NOT TRUE
            THEN CAST(
                coalesce(c.input_uncached, 0) * w.list_input_uncached
                + coalesce(c.cache_read, 0) * w.list_cache_read
                + coalesce(c.cache_write_5m, 0) * w.list_cache_write_5m
                + coalesce(c.cache_write_1h, 0) * w.list_cache_write_1h
                + coalesce(c.output, 0) * w.list_output
                AS DECIMAL(38, 0)
            )
        END AS pico
    FROM scenario AS c
    LEFT JOIN plain AS w
        ON w.offering = c.offering
        AND w.rate_class = coalesce(c.rate_class, 'standard')
        AND c.started_at >= w.valid_from
        AND c.started_at < w.valid_to
),
ways AS (
    SELECT
        offering,
        rate_class,
        region,
        valid_from,
        valid_to,
        above - CASE WHEN inclusive THEN 1 ELSE 0 END AS above,
        hours,
        rate_id,
        long_id,
        off_peak_id
    FROM rates
    WHERE band = 'base'
),
placed AS (
    SELECT
        c.*,
        CASE
            WHEN c.requests = 1
            AND coalesce(c.input_uncached, 0) + coalesce(c.cache_read, 0)
            + coalesce(c.cache_write_5m, 0) + coalesce(c.cache_write_1h, 0) > w.above
            THEN coalesce(o.long_id, w.long_id)
            -- Weeks begin on Monday; each quarter of an hour has its mark.
            WHEN w.hours IS NOT NULL
            AND c.requests = 1
            AND substr(
                w.hours,
                date_diff('minute', date_trunc('week', c.started_at), c.started_at) // 15 + 1,
                1
            ) = '1'
            THEN coalesce(o.off_peak_id, w.off_peak_id)
            ELSE coalesce(o.rate_id, w.rate_id)
        END AS rate_id
    FROM told AS t
    INNER JOIN scenario AS c ON c.call_id = t.call_id
    LEFT JOIN ways AS w
        ON w.offering = c.offering
        AND w.rate_class = coalesce(c.rate_class, 'standard')
        AND w.region = ''
        AND c.started_at >= w.valid_from
        AND c.started_at < w.valid_to
    LEFT JOIN ways AS o
        ON o.offering = c.offering
        AND o.rate_class = coalesce(c.rate_class, 'standard')
        AND o.region = lower(c.region)
        AND o.region <> ''
        AND c.started_at >= o.valid_from
        AND c.started_at < o.valid_to
    WHERE t.pico IS NULL
),
judged AS (
    SELECT
        k.call_id,
        k.billable,
        k.invalid,
        r.sku_price_id,
        CASE
            WHEN k.invalid IS NOT NULL THEN k.invalid
            WHEN k.billable IS FALSE THEN NULL
            WHEN k.offering IS NULL THEN 'unknown model'
            WHEN k.started_at IS NULL THEN 'no time'
            WHEN k.rate_class NOT IN ('standard', 'batch', 'flex', 'priority', 'provisioned')
            THEN 'unknown rate class'
            WHEN r.rate_id IS NULL THEN 'no price in force at that time'
            WHEN r.refused IS NOT NULL THEN r.refused
            WHEN coalesce(
                k.input_uncached, k.cache_read, k.cache_write_5m, k.cache_write_1h, k.output,
                k.web_searches, k.images
            ) IS NULL THEN 'no counters'
            WHEN k.input_uncached > 0 AND r.list_input_uncached IS NULL
            THEN 'no published rate for input_uncached'
            WHEN k.cache_read > 0 AND r.list_cache_read IS NULL
            THEN 'no published rate for cache_read'
            WHEN k.cache_write_5m > 0 AND r.list_cache_write_5m IS NULL
            THEN 'no published rate for cache_write_5m'
            WHEN k.cache_write_1h > 0 AND r.list_cache_write_1h IS NULL
            THEN 'no published rate for cache_write_1h'
            WHEN k.output > 0 AND r.list_output IS NULL
            THEN 'no published rate for output'
            WHEN k.web_searches > 0 AND r.list_web_searches IS NULL
            THEN 'no published rate for web_searches'
            WHEN k.images > 0 AND r.list_images IS NULL
            THEN 'no published rate for images'
            WHEN k.audio_input > 0 AND r.list_audio_input IS NULL
            THEN 'no published rate for audio_input'
            WHEN k.audio_cache_read > 0 AND r.list_audio_cache_read IS NULL
            THEN 'no published rate for audio_cache_read'
            WHEN k.audio_output > 0 AND r.list_audio_output IS NULL
            THEN 'no published rate for audio_output'
            WHEN k.image_output > 0 AND r.list_image_output IS NULL
            THEN 'no published rate for image_output'
            WHEN k.requests IS NULL AND r.list_requests > 0
            THEN 'billed by request, and their number is not given'
        END AS obstacle,
        CAST(coalesce(k.input_uncached, 0) AS HUGEINT) * coalesce(r.list_input_uncached, 0)
        + CAST(coalesce(k.cache_read, 0) AS HUGEINT) * coalesce(r.list_cache_read, 0)
        + CAST(coalesce(k.cache_write_5m, 0) AS HUGEINT) * coalesce(r.list_cache_write_5m, 0)
        + CAST(coalesce(k.cache_write_1h, 0) AS HUGEINT) * coalesce(r.list_cache_write_1h, 0)
        + CAST(coalesce(k.output, 0) AS HUGEINT) * coalesce(r.list_output, 0)
        + CAST(coalesce(k.web_searches, 0) AS HUGEINT) * coalesce(r.list_web_searches, 0)
        + CAST(coalesce(k.images, 0) AS HUGEINT) * coalesce(r.list_images, 0)
        + CAST(coalesce(k.audio_input, 0) AS HUGEINT) * coalesce(r.list_audio_input, 0)
        + CAST(coalesce(k.audio_cache_read, 0) AS HUGEINT) * coalesce(r.list_audio_cache_read, 0)
        + CAST(coalesce(k.audio_output, 0) AS HUGEINT) * coalesce(r.list_audio_output, 0)
        + CAST(coalesce(k.image_input, 0) AS HUGEINT) * coalesce(r.list_image_input, 0)
        + CAST(coalesce(k.image_output, 0) AS HUGEINT) * coalesce(r.list_image_output, 0)
        + CAST(coalesce(k.reasoning, 0) AS HUGEINT) * coalesce(r.list_reasoning, 0)
        + CAST(coalesce(k.requests, 0) AS HUGEINT) * coalesce(r.list_requests, 0)
        AS list_pico,
        CAST(coalesce(k.input_uncached, 0) AS HUGEINT) * coalesce(r.contracted_input_uncached, 0)
        + CAST(coalesce(k.cache_read, 0) AS HUGEINT) * coalesce(r.contracted_cache_read, 0)
        + CAST(coalesce(k.cache_write_5m, 0) AS HUGEINT) * coalesce(r.contracted_cache_write_5m, 0)
        + CAST(coalesce(k.cache_write_1h, 0) AS HUGEINT) * coalesce(r.contracted_cache_write_1h, 0)
        + CAST(coalesce(k.output, 0) AS HUGEINT) * coalesce(r.contracted_output, 0)
        + CAST(coalesce(k.web_searches, 0) AS HUGEINT) * coalesce(r.contracted_web_searches, 0)
        + CAST(coalesce(k.images, 0) AS HUGEINT) * coalesce(r.contracted_images, 0)
        + CAST(coalesce(k.audio_input, 0) AS HUGEINT) * coalesce(r.contracted_audio_input, 0)
        + CAST(coalesce(k.audio_cache_read, 0) AS HUGEINT)
        * coalesce(r.contracted_audio_cache_read, 0)
        + CAST(coalesce(k.audio_output, 0) AS HUGEINT) * coalesce(r.contracted_audio_output, 0)
        + CAST(coalesce(k.image_input, 0) AS HUGEINT) * coalesce(r.contracted_image_input, 0)
        + CAST(coalesce(k.image_output, 0) AS HUGEINT) * coalesce(r.contracted_image_output, 0)
        + CAST(coalesce(k.reasoning, 0) AS HUGEINT) * coalesce(r.contracted_reasoning, 0)
        + CAST(coalesce(k.requests, 0) AS HUGEINT) * coalesce(r.contracted_requests, 0)
        AS contracted_pico
    FROM placed AS k
    LEFT JOIN rates AS r ON r.rate_id = k.rate_id
)
SELECT
    call_id,
    pico AS list_pico,
    pico AS contracted_pico,
    sku_price_id,
    'priced' AS status,
    CAST(NULL AS VARCHAR) AS reason
FROM told
WHERE pico IS NOT NULL
UNION ALL
SELECT
    call_id,
    CASE
        WHEN obstacle IS NOT NULL THEN NULL
        WHEN billable IS FALSE THEN CAST(0 AS DECIMAL(38, 0))
        ELSE CAST(list_pico AS DECIMAL(38, 0))
    END AS list_pico,
    CASE
        WHEN obstacle IS NOT NULL THEN NULL
        WHEN billable IS FALSE THEN CAST(0 AS DECIMAL(38, 0))
        ELSE CAST(contracted_pico AS DECIMAL(38, 0))
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
