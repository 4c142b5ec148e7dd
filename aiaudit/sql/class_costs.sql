-- class_costs: one row per provider, account, offering, day, rate class and counter, as we count and price it
-- What the logs show and the provider did not meter is taken off. The costs of the counters of a
-- call add up to its cost; a counter holds no tokens of a part that is priced apart from it.
WITH accounts AS (
    SELECT provider, bool_and(billing_account IS NOT NULL) AS known
    FROM (
        SELECT provider, billing_account FROM calls
        UNION ALL
        SELECT provider, billing_account FROM billed
    ) AS every
    GROUP BY provider
),
used AS (
    SELECT 1 AS sign, c.provider, c.billing_account, c.offering, c.started_at, c.rate_class, k.sku_price_id,
        c.input_uncached, c.cache_read, c.cache_write_5m, c.cache_write_1h, c.output, c.web_searches,
        c.images, c.audio_input, c.image_input, c.audio_cache_read, c.audio_output, c.image_output,
        c.reasoning, c.requests
    FROM calls AS c
    JOIN costed AS k ON k.call_id = c.call_id
    WHERE k.status = 'priced' AND k.sku_price_id IS NOT NULL
    UNION ALL
    SELECT -1 AS sign, u.provider, u.billing_account, u.offering, u.started_at, u.rate_class, k.sku_price_id,
        u.input_uncached, u.cache_read, u.cache_write_5m, u.cache_write_1h, u.output, u.web_searches,
        0 AS images, 0 AS audio_input, 0 AS image_input, 0 AS audio_cache_read, 0 AS audio_output,
        0 AS image_output, 0 AS reasoning, u.requests
    FROM unmetered AS u
    JOIN costed_unmetered AS k ON k.call_id = u.call_id
    WHERE k.status = 'priced' AND k.sku_price_id IS NOT NULL
),
summed AS (
    SELECT
        p.provider,
        coalesce(CASE WHEN a.known THEN p.billing_account END, '') AS account,
        p.offering,
        CASE WHEN z.zone IS NULL THEN CAST(p.started_at AS DATE)
            ELSE CAST(timezone(z.zone, timezone('UTC', p.started_at)) AS DATE) END AS "day",
        coalesce(p.rate_class, 'standard') AS rate_class,
        sum(p.sign * (CAST(coalesce(p.input_uncached, 0) AS HUGEINT)
            - coalesce(p.audio_input, 0)
            - coalesce(p.image_input, 0))) AS quantity_input_uncached,
        sum(p.sign * ((CAST(coalesce(p.input_uncached, 0) AS HUGEINT)
            - coalesce(p.audio_input, 0)
            - coalesce(p.image_input, 0))
            * coalesce(r.contracted_input_uncached, 0))) AS pico_input_uncached,
        sum(p.sign * (CAST(coalesce(p.cache_read, 0) AS HUGEINT)
            - coalesce(p.audio_cache_read, 0))) AS quantity_cache_read,
        sum(p.sign * ((CAST(coalesce(p.cache_read, 0) AS HUGEINT)
            - coalesce(p.audio_cache_read, 0))
            * coalesce(r.contracted_cache_read, 0))) AS pico_cache_read,
        sum(p.sign * CAST(coalesce(p.cache_write_5m, 0) AS HUGEINT)) AS quantity_cache_write_5m,
        sum(p.sign * (CAST(coalesce(p.cache_write_5m, 0) AS HUGEINT)
            * coalesce(r.contracted_cache_write_5m, 0))) AS pico_cache_write_5m,
        sum(p.sign * CAST(coalesce(p.cache_write_1h, 0) AS HUGEINT)) AS quantity_cache_write_1h,
        sum(p.sign * (CAST(coalesce(p.cache_write_1h, 0) AS HUGEINT)
            * coalesce(r.contracted_cache_write_1h, 0))) AS pico_cache_write_1h,
        sum(p.sign * (CAST(coalesce(p.output, 0) AS HUGEINT)
            - coalesce(p.audio_output, 0)
            - coalesce(p.image_output, 0))) AS quantity_output,
        sum(p.sign * ((CAST(coalesce(p.output, 0) AS HUGEINT)
            - coalesce(p.audio_output, 0)
            - coalesce(p.image_output, 0))
            * coalesce(r.contracted_output, 0)
            + CAST(coalesce(p.reasoning, 0) AS HUGEINT)
            * coalesce(r.contracted_reasoning, 0))) AS pico_output,
        sum(p.sign * CAST(coalesce(p.web_searches, 0) AS HUGEINT)) AS quantity_web_searches,
        sum(p.sign * (CAST(coalesce(p.web_searches, 0) AS HUGEINT)
            * coalesce(r.contracted_web_searches, 0))) AS pico_web_searches,
        sum(p.sign * CAST(coalesce(p.images, 0) AS HUGEINT)) AS quantity_images,
        sum(p.sign * (CAST(coalesce(p.images, 0) AS HUGEINT)
            * coalesce(r.contracted_images, 0))) AS pico_images,
        sum(p.sign * CAST(coalesce(p.audio_input, 0) AS HUGEINT)) AS quantity_audio_input,
        sum(p.sign * (CAST(coalesce(p.audio_input, 0) AS HUGEINT)
            * (coalesce(r.contracted_input_uncached, 0)
            + coalesce(r.contracted_audio_input, 0)))) AS pico_audio_input,
        sum(p.sign * CAST(coalesce(p.image_input, 0) AS HUGEINT)) AS quantity_image_input,
        sum(p.sign * (CAST(coalesce(p.image_input, 0) AS HUGEINT)
            * (coalesce(r.contracted_input_uncached, 0)
            + coalesce(r.contracted_image_input, 0)))) AS pico_image_input,
        sum(p.sign * CAST(coalesce(p.audio_cache_read, 0) AS HUGEINT)) AS quantity_audio_cache_read,
        sum(p.sign * (CAST(coalesce(p.audio_cache_read, 0) AS HUGEINT)
            * (coalesce(r.contracted_cache_read, 0)
            + coalesce(r.contracted_audio_cache_read, 0)))) AS pico_audio_cache_read,
        sum(p.sign * CAST(coalesce(p.audio_output, 0) AS HUGEINT)) AS quantity_audio_output,
        sum(p.sign * (CAST(coalesce(p.audio_output, 0) AS HUGEINT)
            * (coalesce(r.contracted_output, 0)
            + coalesce(r.contracted_audio_output, 0)))) AS pico_audio_output,
        sum(p.sign * CAST(coalesce(p.image_output, 0) AS HUGEINT)) AS quantity_image_output,
        sum(p.sign * (CAST(coalesce(p.image_output, 0) AS HUGEINT)
            * (coalesce(r.contracted_output, 0)
            + coalesce(r.contracted_image_output, 0)))) AS pico_image_output,
        sum(p.sign * CAST(coalesce(p.requests, 0) AS HUGEINT)) AS quantity_requests,
        sum(p.sign * (CAST(coalesce(p.requests, 0) AS HUGEINT)
            * coalesce(r.contracted_requests, 0))) AS pico_requests
    FROM used AS p
    JOIN accounts AS a ON a.provider = p.provider
    JOIN rates AS r
        ON  r.sku_price_id = p.sku_price_id
        AND p.started_at >= r.valid_from
        AND p.started_at < r.valid_to
    LEFT JOIN billing_zones AS z ON z.provider = p.provider
    GROUP BY 1, 2, 3, 4, 5
),
counted AS (
    SELECT s.provider, s.account, s.offering, s."day", s.rate_class, k.token_class,
        CASE k.token_class
            WHEN 'input_uncached' THEN s.quantity_input_uncached
            WHEN 'cache_read' THEN s.quantity_cache_read
            WHEN 'cache_write_5m' THEN s.quantity_cache_write_5m
            WHEN 'cache_write_1h' THEN s.quantity_cache_write_1h
            WHEN 'output' THEN s.quantity_output
            WHEN 'web_searches' THEN s.quantity_web_searches
            WHEN 'images' THEN s.quantity_images
            WHEN 'audio_input' THEN s.quantity_audio_input
            WHEN 'image_input' THEN s.quantity_image_input
            WHEN 'audio_cache_read' THEN s.quantity_audio_cache_read
            WHEN 'audio_output' THEN s.quantity_audio_output
            WHEN 'image_output' THEN s.quantity_image_output
            WHEN 'requests' THEN s.quantity_requests
        END AS quantity,
        CASE k.token_class
            WHEN 'input_uncached' THEN s.pico_input_uncached
            WHEN 'cache_read' THEN s.pico_cache_read
            WHEN 'cache_write_5m' THEN s.pico_cache_write_5m
            WHEN 'cache_write_1h' THEN s.pico_cache_write_1h
            WHEN 'output' THEN s.pico_output
            WHEN 'web_searches' THEN s.pico_web_searches
            WHEN 'images' THEN s.pico_images
            WHEN 'audio_input' THEN s.pico_audio_input
            WHEN 'image_input' THEN s.pico_image_input
            WHEN 'audio_cache_read' THEN s.pico_audio_cache_read
            WHEN 'audio_output' THEN s.pico_audio_output
            WHEN 'image_output' THEN s.pico_image_output
            WHEN 'requests' THEN s.pico_requests
        END AS pico
    FROM summed AS s
    CROSS JOIN (VALUES ('input_uncached'), ('cache_read'), ('cache_write_5m'), ('cache_write_1h'), ('output'), ('web_searches'), ('images'),
        ('audio_input'), ('image_input'), ('audio_cache_read'), ('audio_output'), ('image_output'), ('requests')) AS k(token_class)
)
SELECT provider, account, offering, "day", rate_class, token_class, quantity, CAST(pico AS DECIMAL(38, 0)) AS pico
FROM counted
WHERE pico <> 0 OR (quantity <> 0 AND token_class <> 'requests')
